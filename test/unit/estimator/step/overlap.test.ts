import { expect, test } from 'vitest';
import { STEP } from '../../../../src/estimator/step/constants.ts';
import { exposed } from '../../../../src/estimator/step/overlap.ts';

test('without cover all of a collective is waited for', () => {
  expect(exposed(3, 0)).toBe(3);
});

test('under ample cover the contention is left', () => {
  expect(exposed(3, 1e6)).toBe(3 * STEP.contention);
});

test('in between the cover counts, but for what launch order costs of it', () => {
  expect(exposed(10, 5)).toBeCloseTo(10 - 5 * STEP.coverShare, 12);
});

test('the first piece cannot be hidden, where it is more than the contention', () => {
  expect(exposed(4, 1e6, 0.5)).toBe(2);
  expect(exposed(4, 1e6, STEP.contention / 2)).toBe(4 * STEP.contention);
});
