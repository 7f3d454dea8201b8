import { expect, test } from 'vitest';
import { efficiencySpread, percentile, type RunPoint } from '#catalog/efficiency.ts';

const point = (mfu: number, over: Partial<RunPoint> = {}): RunPoint => ({
  id: `run-${mfu}`,
  sourceKey: 'brown2020',
  label: 'Brown 2020',
  year: 2020,
  modelName: 'GPT',
  parameters: 175e9,
  gpu: 'a100-sxm4-80gb',
  family: 'A100',
  gpus: 1024,
  precision: 'fp16',
  framework: null,
  mfu,
  mfuCausal: mfu,
  mfuBf16: mfu,
  basis: 'computed',
  tier: 'A',
  ...over,
});
const tenth = [1, 2, 3, 4, 5, 6, 7, 8, 9].map((n) => point(n / 10));
const ask = { family: 'A100', precision: 'bf16', parameters: 175e9 } as const;

test('percentiles interpolate between neighbours', () => {
  expect(percentile([1, 2, 3, 4, 5], 0.5)).toBe(3);
  expect(percentile([1, 2, 3, 4], 0.5)).toBe(2.5);
  expect(percentile([10, 20], 0.1)).toBeCloseTo(11, 12);
  expect(percentile([7], 0.9)).toBe(7);
  expect(percentile([1, 9], 0)).toBe(1);
  expect(percentile([1, 9], 1)).toBe(9);
});

test('the spread of nine evenly spaced runs', () => {
  const { p10, p25, p50, p75, p90, count, factor } = efficiencySpread(tenth, ask)!;
  expect([p10, p25, p50, p75, p90].map((p) => p.toFixed(2))).toEqual([
    '0.18',
    '0.30',
    '0.50',
    '0.70',
    '0.82',
  ]);
  expect({ count, factor }).toEqual({ count: 9, factor: 3 });
});

test('FP16 and BF16 runs are alike, FP8 runs are not', () => {
  expect(efficiencySpread(tenth, { ...ask, precision: 'fp16' })?.count).toBe(9);
  expect(efficiencySpread(tenth, { ...ask, precision: 'fp8' })).toBeNull();
});

test('it widens to other sizes, then to sibling GPUs, and says so', () => {
  expect(efficiencySpread(tenth, { ...ask, parameters: 20e9 })).toMatchObject({
    factor: 10,
    families: ['A100'],
  });
  expect(efficiencySpread(tenth, { ...ask, family: 'A800' })).toMatchObject({
    factor: 3,
    families: ['A100'],
  });
  expect(efficiencySpread(tenth, { ...ask, family: 'A800', parameters: 1e6 })?.factor).toBe(Infinity);
});

test('seven runs are too few', () => {
  expect(efficiencySpread(tenth.slice(0, 7), ask)).toBeNull();
  expect(efficiencySpread(tenth, { ...ask, family: 'H100' })).toBeNull();
});
