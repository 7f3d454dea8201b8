import { expect, test } from 'vitest';
import { axisFromZero, inverseLinear, inverseLog, linear, log, percent } from '../../../src/charts/scale.ts';

test('a linear axis puts its middle in the middle, a logarithmic one the factor', () => {
  expect([0, 5, 10].map(linear(0, 10))).toEqual([0, 0.5, 1]);
  expect([1, 10, 100].map(log(1, 100))).toEqual([0, 0.5, 1]);
});

test('what lies beyond an axis is drawn at its end', () => {
  expect([-3, 12].map(linear(0, 10))).toEqual([0, 1]);
  expect([0, -1, 1e9].map(log(1, 100))).toEqual([0, 0, 1]);
});

test('a place on an axis gives back the value that stands there', () => {
  for (const value of [1.5, 20, 99]) {
    expect(inverseLinear(1, 100)(linear(1, 100)(value))).toBeCloseTo(value, 9);
    expect(inverseLog(1, 100)(log(1, 100)(value))).toBeCloseTo(value, 9);
  }
  expect([inverseLinear(1, 100)(-1), inverseLog(1, 100)(2)]).toEqual([1, 100]);
});

test('an axis from zero ends at a round value with round ticks, or exactly where it must', () => {
  const days = axisFromZero(27.3);
  expect([days.end, days.ticks]).toEqual([30, [0, 10, 20, 30]]);
  expect(days.scale(15)).toBe(0.5);
  const peak = axisFromZero(1, 4, true);
  expect([peak.end, peak.ticks]).toEqual([1, [0, 0.2, 0.4, 0.6, 0.8, 1]]);
});

test('a share of the width is written without noise', () => {
  expect([percent(1 / 3), percent(0), percent(1)]).toEqual(['33.33%', '0%', '100%']);
});
