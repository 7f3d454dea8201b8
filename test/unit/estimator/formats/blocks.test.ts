import { describe, expect, test } from 'vitest';
import {
  BLOCK_FORMAT_IDS,
  BLOCK_FORMATS,
  countUpTo,
  decode,
  fieldsOf,
  FLOAT_FORMATS,
  gradientFates,
  largestLossScale,
  maxFinite,
  normalCdf,
  quantizeBlock,
  spacing,
  valuesBetween,
} from '#estimator';

describe('numbers around a number', () => {
  const format = FLOAT_FORMATS['fp8-e4m3'];
  const values = Array.from({ length: 127 }, (_, code) => decode(format, fieldsOf(format, code)));

  test('are listed in order, all of them or the first few', () => {
    expect(valuesBetween(format, 1e-9, 1e9, 1000)).toEqual(values.slice(1));
    expect(valuesBetween(format, 0.9, 1.3, 1000)).toEqual([0.9375, 1, 1.125, 1.25]);
    expect(valuesBetween(format, 1, 448, 2)).toEqual([1, 1.125]);
    expect(valuesBetween(format, 500, 600, 9)).toEqual([]);
  });
  test('are counted as the list has them', () => {
    for (const high of [0.001, 0.002, 0.0156, 0.02, 1, 1.1, 1.2, 447, 448, 1e6])
      expect(countUpTo(format, high)).toBe(values.filter((v) => v > 0 && v <= high).length);
    expect(countUpTo(FLOAT_FORMATS.fp16, 1) - countUpTo(FLOAT_FORMATS.fp16, 0.5)).toBe(1024);
  });
  test('stand a step apart that doubles with each power of two and stays below the normal numbers', () => {
    expect([0, 0.001, 0.0157, 1, 1.99, 2, 448].map((x) => spacing(format, x))).toEqual([
      2 ** -9,
      2 ** -9,
      2 ** -9,
      0.125,
      0.125,
      0.25,
      32,
    ]);
  });
});

describe.each(BLOCK_FORMAT_IDS.map((id) => [id, BLOCK_FORMATS[id]] as const))(
  'a block of %s',
  (id, format) => {
    test('of zeros stays zeros', () => {
      const block = quantizeBlock(format, [0, 0, 0]);
      expect(block.values).toEqual([0, 0, 0]);
      expect(Number.isFinite(block.scale)).toBe(true);
    });
    test.each([1e-60, 1e-40, 1e-20, 1, 1e20, 1e38, 1e60])(
      'around %d has a finite scale and elements',
      (size) => {
        const values = [size, -size / 3, size / 1000];
        const block = quantizeBlock(format, values, size * 10);
        for (const x of [block.scale, ...block.values]) expect(Number.isFinite(x)).toBe(true);
        for (const x of block.elements) expect(Math.abs(x)).toBeLessThanOrEqual(maxFinite(format.element));
      },
    );
    test('multiplied by a power of two within the scales’ reach is the same block', () => {
      const values = [1, -0.7, 0.33, 0.1, 0.01];
      const block = quantizeBlock(format, values);
      const moved = quantizeBlock(
        format,
        values.map((v) => v * 1024),
      );
      expect(moved.elements).toEqual(block.elements);
      expect(moved.scale).toBe(block.scale * 1024);
    });
    test('keeps its largest value to within half a step and what saturates', () => {
      for (let i = 0; i < 200; i++) {
        const amax = 2 ** (i / 17 - 6);
        const [largest = 0] = quantizeBlock(format, [amax, amax / 2]).values;
        // MX clips up to a quarter of the largest (7.99 to 6); NVFP4 rounds its scale by up to a sixteenth.
        expect(Math.abs(largest / amax - 1)).toBeLessThan(id === 'nvfp4' ? 1 / 16 : 0.26);
      }
    });
  },
);

test('an NVFP4 tensor’s scale is shared: a block far below the largest has a smaller FP8 scale', () => {
  const { storedScale, tensorScale, values } = quantizeBlock(BLOCK_FORMATS.nvfp4, [0.06, 0.03], 6 * 448);
  expect([tensorScale, storedScale]).toEqual([1, 0.009765625]);
  expect(values[0]).toBeCloseTo(0.05859375, 12);
  // And one that lies below the smallest FP8 scale is lost altogether.
  expect(quantizeBlock(BLOCK_FORMATS.nvfp4, [0.001], 6 * 448).values).toEqual([0]);
});

describe('gradients', () => {
  const sizes = { median: 1e-6, spread: 3 };

  test('the normal distribution function has its tabulated values', () => {
    expect(normalCdf(0)).toBe(0.5);
    expect(normalCdf(-1)).toBeCloseTo(0.15865525393145705, 14);
    expect(normalCdf(1.96)).toBeCloseTo(0.9750021048517795, 14);
    expect(normalCdf(-5) / 2.8665157187919391e-7).toBeCloseTo(1, 12);
    expect(normalCdf(-3.0000001) / normalCdf(-3)).toBeCloseTo(1, 6);
  });
  test('what becomes of them adds up to all of them', () => {
    for (const scale of [1e-9, 1, 1e6, 1e15]) {
      const fates = gradientFates(sizes, scale, FLOAT_FORMATS.fp16);
      const shares: readonly number[] = Object.values(fates);
      expect(shares.reduce((a, b) => a + b, 0)).toBeCloseTo(1, 12);
      for (const share of shares) expect(share).toBeGreaterThanOrEqual(0);
    }
  });
  test('scaling the loss is the same as larger gradients', () => {
    const scaled = gradientFates(sizes, 1024, FLOAT_FORMATS.fp16);
    const larger = gradientFates({ ...sizes, median: sizes.median * 1024 }, 1, FLOAT_FORMATS.fp16);
    expect(scaled.flushed).toBeCloseTo(larger.flushed, 12);
    expect(scaled.normal).toBeCloseTo(larger.normal, 12);
  });
  test('the largest safe scale overflows no more than was allowed, and twice of it does', () => {
    const scale = largestLossScale(sizes, FLOAT_FORMATS.fp16, 1e-6);
    expect(gradientFates(sizes, scale, FLOAT_FORMATS.fp16).overflowed).toBeLessThanOrEqual(1e-6);
    expect(gradientFates(sizes, 2 * scale, FLOAT_FORMATS.fp16).overflowed).toBeGreaterThan(1e-6);
  });

  test('half overflow whose median is half a step above the largest number, and a sixth one spread below', () => {
    // 65,504 and half of the 32 between neighbours there.
    const limit = 65_520;
    const overflowed = (median: number, spread: number, scale = 1) =>
      gradientFates({ median, spread }, scale, FLOAT_FORMATS.fp16).overflowed;
    expect(overflowed(limit, 3)).toBeCloseTo(0.5, 12);
    expect(overflowed(limit / 1024, 3, 1024)).toBeCloseTo(0.5, 12);
    for (const spread of [0.5, 3]) expect(overflowed(limit / 2 ** spread, spread)).toBeCloseTo(0.15866, 5);
  });
});
