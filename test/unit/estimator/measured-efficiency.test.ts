import { expect, test } from 'vitest';
import { measuredEfficiency, modelFlops, sixNd, valueOrThrow, type MeasuredRun } from '#estimator';
import { fullerCount } from '../../../src/estimator/solve/fuller-count.ts';
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
  return valueOrThrow(measuredEfficiency({ ...run, ...over }));
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

test('every number that a run needs is checked at its own path', () => {
  expect(paths({ parameters: undefined, peak: -1, gpus: 1.5 })).toEqual([
    'parameters: missing',
    'peak: too-small',
    'gpus: not-an-integer',
  ]);
  expect(paths({ tokensPerSecond: 5000, sequence: 0.5 })).toEqual(['sequence: too-small']);
  expect(paths({ tokensPerSecond: null, stepTime: 0 })).toEqual(['stepTime: too-small']);
});

test('nothing is run again unless the log says', () => {
  const { recompute: _, ...unsaid } = run;
  expect(measuredEfficiency(unsaid)).toEqual(measuredEfficiency({ ...run, recompute: 'none' }));
});

test('an issue or a note says in words what it is', () => {
  const said = (over: object) => {
    const outcome = measuredEfficiency({ ...run, ...over });
    return outcome.ok ? outcome.value.notes : outcome.issues;
  };
  expect(said({})).toEqual([]);
  expect(said({ shape: null, sequence: 2048 })).toEqual([
    { code: 'shape-unknown', path: 'model', message: 'No shape is known: only 6ND can be counted.' },
  ]);
  expect(said({ recompute: 'half' })[0]!.message).toBe('recompute must be none, selective or full.');
  // Ten times 312 TFLOP/s on one GPU, by 6ND.
  const tokensPerSecond = (10 * 312e12) / (6 * 175e9);
  expect(said({ shape: null, gpus: 1, tokensPerSecond })).toEqual([
    {
      code: 'out-of-reach',
      path: 'tokensPerSecond',
      message: 'That is 10.0 times the dense peak: check the unit, the number of GPUs and the format.',
      limit: 1,
    },
  ]);
});

test('all of the peak is the most that is believed, by the smaller of two counts', () => {
  const all = { shape: null, parameters: 1e9, gpus: 1, peak: 6e12, tokensPerSecond: 1000 };
  expect(measured(all).mfu.sixNd).toBe(1);
  expect(paths({ ...all, tokensPerSecond: 1001 })).toEqual(['tokensPerSecond: out-of-reach']);
  // An N ten times too large makes 6ND too large; the shape's own count stands against it.
  expect(measured({ parameters: 1.75e12 }).mfu.sixNd).toBeGreaterThan(1);
});

test('the fuller count is 6ND and what it leaves out: scores, logits, and weights that N does not hold', () => {
  const tokens = 1e9;
  const { flops, flopsPerToken, extra, convention } = fullerCount(GPT3, 174e9, tokens, false);
  const { forward, backward, total, convention: said } = modelFlops(GPT3, { tokens });
  expect([flops, flopsPerToken, convention]).toEqual([total, total / tokens, said]);
  expect(extra.logits).toBe(forward.logits + backward.logits);
  expect(extra.attentionScores).toBe(forward.attentionScores + backward.attentionScores);
  expect((sixNd(174e9, tokens) + extra.attentionScores + extra.logits + extra.weights) / total).toBeCloseTo(
    1,
    12,
  );
});

test('a throughput above the peak is not an efficiency but a mistake in the input', () => {
  expect(paths({ stepTime: 1 })).toEqual(['stepTime: out-of-reach']);
  expect(paths({ tokensPerSecond: 1e6 })).toEqual(['tokensPerSecond: out-of-reach']);
});
