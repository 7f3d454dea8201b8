import { expect, test } from 'vitest';
import { divisorsOf, nearestLegal, nearestMultiples } from '../../../../src/estimator/training/nearest.ts';

test('divisors of a whole number come in order, a square’s root once; a fraction has none', () => {
  expect(divisorsOf(12)).toEqual([1, 2, 3, 4, 6, 12]);
  expect(divisorsOf(16)).toEqual([1, 2, 4, 8, 16]);
  expect(divisorsOf(1)).toEqual([1]);
  expect(divisorsOf(7)).toEqual([1, 7]);
  expect(divisorsOf(2.5)).toEqual([]);
});

test('the nearest multiples are below and above a value, and never 0', () => {
  expect(nearestMultiples(6, 13)).toEqual([12, 18]);
  expect(nearestMultiples(6, 12)).toEqual([12, 18]);
  expect(nearestMultiples(6, 5)).toEqual([6]);
});

test('the nearest legal candidates are one below and one above, of those there are', () => {
  const even = (value: number) => value % 2 === 0;
  expect(nearestLegal([8, 2, 5, 6, 3, 10], 7, even)).toEqual([6, 8]);
  expect(nearestLegal([2, 6, 7], 7, even)).toEqual([6]);
  expect(nearestLegal([7, 8], 7, even)).toEqual([8]);
  expect(nearestLegal([1, 7, 9], 7, even)).toEqual([]);
});
