import { expect, test } from 'vitest';
import { models } from '#catalog';
import { decodeShape, encodeShape } from '#scenario';

test.each(models.map((model) => [model.id, model.shape] as const))(
  'the shape of %s survives a link to the last field',
  (_, shape) => {
    expect(decodeShape(encodeShape(shape))).toEqual(shape);
  },
);

test.each([
  ['', 'nothing'],
  ['l96', 'a part of a shape'],
  [`${encodeShape(models[0]!.shape)}.zz3`, 'an unknown code'],
  [`${encodeShape(models[0]!.shape)}.xe8`, 'experts without their number per token'],
  [
    encodeShape(models[0]!.shape).replace('.g0', '.g7').replace('.g1', '.g7'),
    'a switch that is neither on nor off',
  ],
  ['l1e9.h-4', 'numbers in another notation'],
])('%j is no shape: %s', (text) => {
  expect(decodeShape(text)).toBeNull();
});
