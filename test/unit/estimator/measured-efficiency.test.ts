import { expect, test } from 'vitest';
import { measuredEfficiency, type MeasuredRun } from '#estimator';
import { GPT3 } from './shapes.ts';

const run: MeasuredRun = {
  parameters: 175e9,
  shape: GPT3,
  peak: 312e12,
  gpus: 64,
  stepTime: 13.75,
  globalBatch: 64,
  recompute: 'full',
};

function measured(over: Partial<MeasuredRun>) {
  const outcome = measuredEfficiency({ ...run, ...over });
  if (!outcome.ok) throw new Error(outcome.issues.map((i) => i.message).join());
  return outcome.value;
}
const paths = (over: object) => {
  const outcome = measuredEfficiency({ ...run, ...over });
  return outcome.ok ? [] : outcome.issues.map((i) => `${i.path}: ${i.code}`);
};

test('step time and batch give the same as the tokens per second they mean', () => {
  const tokensPerSecond = (64 * 2048) / 13.75;
  expect(measured({}).tokensPerSecond).toBe(tokensPerSecond);
  expect(measured({ tokensPerSecond, stepTime: null }).mfu).toEqual(measured({}).mfu);
});

test('full recomputation makes HFU four thirds of MFU by the rules of thumb', () => {
  const { mfu, hfu } = measured({});
  expect(hfu.rule! / mfu.sixNd).toBeCloseTo(4 / 3, 12);
  expect(hfu.exact! / mfu.exact!).toBeGreaterThan(1.32);
});

test('without recomputation HFU is MFU', () => {
  const { mfu, hfu } = measured({ recompute: 'none' });
  expect(hfu).toEqual({ rule: mfu.sixNd, exact: mfu.exact, exactCausal: mfu.exactCausal });
});

test('the rules of thumb know no selective recomputation', () => {
  expect(measured({ recompute: 'selective' }).hfu.rule).toBeNull();
});

test('without a shape there is 6ND only, with a note', () => {
  const bare = measured({ shape: null, sequence: 2048 });
  expect(bare.mfu).toMatchObject({ exact: null, exactCausal: null });
  expect(bare.hfu).toMatchObject({ exact: null, exactCausal: null });
  expect(bare.modelRatePerGpu).toBeCloseTo(bare.mfu.sixNd * 312e12, -3);
  expect(bare.notes).toMatchObject([{ code: 'shape-unknown' }]);
  expect(measured({ shape: null, tokensPerSecond: 5000 }).tokensPerSecondPerGpu).toBeCloseTo(78.1, 1);
});

test('what is missing or impossible is named', () => {
  expect(paths({ stepTime: null, globalBatch: 0 })).toEqual(['stepTime: missing', 'globalBatch: too-small']);
  expect(paths({ tokensPerSecond: -1 })).toEqual(['tokensPerSecond: too-small']);
  expect(paths({ shape: null })).toEqual(['sequence: missing']);
  expect(paths({ recompute: 'half' })).toEqual(['recompute: unknown-choice']);
  expect(paths({ shape: { ...GPT3, layers: 0 } })).toEqual(['shape.layers: too-small']);
});

test('a throughput above the peak is not an efficiency but a mistake in the input', () => {
  expect(paths({ stepTime: 1 })).toEqual(['stepTime: out-of-reach']);
  expect(paths({ tokensPerSecond: 1e6 })).toEqual(['tokensPerSecond: out-of-reach']);
});
