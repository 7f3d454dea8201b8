import { expect, test } from 'vitest';
import { addTo, emptyPass, passTotal } from '../../../../src/estimator/step/pass.ts';

const counting = () => {
  const parts = Object.keys(emptyPass()) as (keyof ReturnType<typeof emptyPass>)[];
  return {
    parts,
    pass: Object.fromEntries(parts.map((part, i) => [part, 2 ** i])) as ReturnType<typeof emptyPass>,
  };
};

test('nothing has been added to an empty pass', () => {
  expect(passTotal(emptyPass())).toBe(0);
});

test('the total counts every part once', () => {
  const { parts, pass } = counting();
  expect(passTotal(pass)).toBe(2 ** parts.length - 1);
});

test('adding a pass some times adds every part so many times, and once unless said', () => {
  const { pass } = counting();
  const sum = addTo(addTo(emptyPass(), pass), pass, 2);
  for (const [part, value] of Object.entries(pass)) expect(sum[part as keyof typeof sum]).toBe(3 * value);
});
