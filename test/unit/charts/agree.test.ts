import { describe, expect, test } from 'vitest';
import { binned, barOf } from '../../../src/charts/bins.ts';
import { AGREEMENT_GRID, drawAgreement } from '../../../src/charts/agree.ts';

const point = (x: number, y: number, group = 0) => ({ x, y, group });

describe('predicted against measured', () => {
  test('both axes are equal, end at round values and hold every point', () => {
    const { domain, ticks } = drawAgreement([point(33, 41), point(3780, 900)], 1, [0.1]);
    expect(domain).toEqual([20, 5000]);
    expect(ticks.map(({ value }) => value)).toEqual([20, 50, 100, 200, 500, 1000, 2000, 5000]);
    expect(ticks[0]?.place).toBe(0);
    expect(ticks.at(-1)?.place).toBe(1);
  });

  test('an axis of many decades is labelled by powers of ten', () => {
    const { ticks } = drawAgreement([point(0.2, 0.3), point(3780, 900)], 1, []);
    expect(ticks.map(({ value }) => value)).toEqual([1, 10, 100, 1000]);
  });

  test('a prediction that is exact lies on the diagonal', () => {
    const { dots } = drawAgreement([point(50, 50)], 1, []);
    const [, x, y] = /^M(\d+) (\d+)h0$/.exec(dots[0] ?? '') ?? [];
    expect(Number(x) + Number(y)).toBe(AGREEMENT_GRID);
  });

  test('a dot at the edge of a tolerance lies on the edge of its band', () => {
    const { domain, bands, dots } = drawAgreement([point(10, 11), point(100, 100)], 1, [0.1]);
    const [, above] = /^M0 (-?\d+)/.exec(bands[0] ?? '') ?? [];
    // At the left end, where x is the least, the band's upper edge is at the same height over the diagonal as the dot.
    const [, x, y] = /^M(\d+) (\d+)h0M/.exec(dots[0] ?? '') ?? [];
    expect(domain[0]).toBe(10);
    expect(Number(y) + Number(x)).toBe(Number(above));
  });

  test('what has no logarithm is left out, and no run at all still draws', () => {
    expect(drawAgreement([point(0, 5), point(5, -1), point(Infinity, 2)], 2, [0.2]).dots).toEqual(['', '']);
    expect(drawAgreement([], 1, []).domain).toEqual([1, 10]);
  });

  test('runs on one spot are one dot', () => {
    expect(drawAgreement([point(5, 5), point(5, 5)], 1, []).dots[0]?.match(/M/g)).toHaveLength(1);
  });
});

describe('bins', () => {
  const bins = binned([-0.9, -0.5, -0.04, 0, 0.049, 0.05, 0.6, 3], 0.05, 0.5);

  test('cover everything, the ends too', () => {
    expect(bins).toHaveLength(22);
    expect(bins.reduce((sum, { count }) => sum + count, 0)).toBe(8);
    expect(bins[0]).toEqual({ from: -Infinity, to: -0.5, count: 1 });
    expect(bins.at(-1)).toEqual({ from: 0.5, to: Infinity, count: 2 });
  });

  test('an error on an edge falls into the bin above it', () => {
    expect([bins[1]?.count, bins[10]?.count, bins[11]?.count, bins[12]?.count]).toEqual([1, 1, 2, 1]);
  });

  test('the tallest bar fills the height, none is taller', () => {
    expect(barOf(5, 5).height).toBe(150);
    expect(barOf(0, 5)).toEqual({ y: 168, height: 0 });
    expect(barOf(0, 0).height).toBe(0);
  });
});
