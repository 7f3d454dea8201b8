import { expect, test } from 'vitest';
import { originsOf, sourceNumbers } from '#components/reference/provenance.ts';
import { gpuCells, gpuFieldName, gpuLines } from '#components/reference/gpu-facts.ts';
import { modelSections } from '#components/reference/model-facts.ts';
import { readGpus, readModels } from '#catalog/node.ts';

const record = {
  a: { value: 1, source: 'x', where: 'Table 1' },
  b: { value: 2, source: ['y', 'derived'], where: 'page 2', confirmed: false as const },
  c: { value: 3, source: 'x', where: 'Table 1' },
};

test('sources are numbered in the order of use, arithmetic of our own is not', () => {
  expect([...sourceNumbers([record, { d: { value: 1, source: 'x', where: 'z' } }])]).toEqual([
    ['x', 1],
    ['y', 2],
  ]);
});

test('numbers from one place stand together', () => {
  expect(originsOf(record, (path) => path.toUpperCase())).toEqual([
    { fields: ['A', 'C'], sources: ['x'], where: 'Table 1', confirmed: true, note: undefined },
    { fields: ['B'], sources: ['y', 'derived'], where: 'page 2', confirmed: false, note: undefined },
  ]);
});

test('a record reads in the units of its page', () => {
  const a800 = readGpus().find(({ id }) => id === 'a800-sxm4-80gb')!;
  const lines = Object.fromEntries(gpuLines(a800).map(({ label, text }) => [label, text]));
  expect(lines).toMatchObject({
    'Memory a program sees': '80 GiB',
    'Sold as': '80 GB HBM2e',
    'NVLink, one direction': '200 GB/s',
    'Highest clock': '1.41 GHz',
  });
  expect(gpuCells(a800).map(({ text }) => text)).toEqual([
    '312',
    '–',
    '–',
    '80 GiB',
    '2.04 TB/s',
    '153',
    '200 GB/s',
    '400 W',
  ]);
});

test('every field of a record has a name for the reader', () => {
  const bare = readGpus().flatMap((gpu) =>
    originsOf(gpu, (path) => (gpuFieldName(path) === path ? `BARE ${path}` : '')),
  );
  expect(bare.flatMap(({ fields }) => fields).filter((field) => field.startsWith('BARE'))).toEqual([]);
});

test('every model stands in one section', () => {
  const models = readModels();
  const shown = modelSections(models).flatMap(({ rows }) => rows.map(({ model }) => model.id));
  expect([...shown].sort()).toEqual(models.map(({ id }) => id).sort());
});
