import { expect, test } from 'vitest';
import { hardwareFlops, modelFlops, ok, failed } from '#estimator';
import type { Estimates } from '#validation/estimate.ts';
import { flopsPerTokenBy, peakBy } from '#validation/convention.ts';
import { predictedHeadline } from '#validation/headline.ts';
import { readMeasuredRun } from '#validation/measured-run.ts';
import { validateRuns } from '#validation/validation.ts';
import { catalog, row, scenarioOf, type Row } from './row.ts';

const GIB = 2 ** 30;
/** An estimator that says 12 seconds and 40 GiB of everything. */
const fixed: Estimates = {
  step: () => ok({ seconds: 12 }),
  memory: () => ({
    total: 41 * GIB,
    stages: [{ allocated: 38 * GIB, reserved: 40 * GIB, total: 41 * GIB }],
  }),
};
const validate = (...rows: readonly Row[]) => validateRuns(rows, catalog, fixed);

const { scenario } = scenarioOf();
const { model } = scenario;
const full = modelFlops(model).total;
const tokens = (1536 * 2048) / (12 * 1024);

test('the headline is the first quantity that the run gives', () => {
  const measured = { stepTimeS: 10, tflopsPerGpu: 150, tokensPerSecPerGpu: 100, mfu: 0.5, hfu: 0.6 };
  const order = ['stepTimeS', 'tflopsPerGpu', 'tokensPerSecPerGpu', 'mfu', 'hfu'] as const;
  const left: Record<string, unknown> = { ...measured };
  for (const quantity of order) {
    const { runs } = validate(row({ measured: left }));
    expect(runs[0]?.headline?.quantity).toBe(quantity);
    expect(runs[0]?.headline?.measured).toBe(measured[quantity]);
    left[quantity] = null;
  }
});

test('the error is predicted over measured, less one', () => {
  const { runs, summary } = validate(row({ measured: { stepTimeS: 10 } }));
  expect(runs[0]?.headline).toEqual({
    id: 'made-up-175b',
    quantity: 'stepTimeS',
    measured: 10,
    predicted: 12,
    error: expect.closeTo(0.2, 12) as number,
  });
  expect(summary.overall).toMatchObject({ count: 1, worst: expect.closeTo(0.2, 12) as number });
});

test('memory is a row of its own, in GiB', () => {
  const { runs, summary } = validate(row({ measured: { memGiB: 50 } }));
  expect(runs[0]?.memory).toMatchObject({ quantity: 'memGiB', measured: 50, predicted: 40 });
  expect(summary.overall?.count).toBe(1);
  expect(summary.memory.overall).toMatchObject({ count: 1, worst: expect.closeTo(0.2, 12) as number });
});

test('memory is held against what the source measured: the pool, all of the GPU, or the tensors of rank 0', () => {
  const said = (memNote: string) => validate(row({ measured: { memGiB: 50, memNote } })).runs[0]?.memory;
  expect(said('peak reserved')).toMatchObject({ predicted: 40 });
  expect(said('nvidia-smi')).toMatchObject({ predicted: 41 });
  expect(said('max_memory_usage (rank 0)')).toMatchObject({ predicted: 38 });
});

test('a run out of memory is judged by feasibility and not by time', () => {
  const { runs, summary } = validate(
    row({ id: 'a', measured: { oom: true } }),
    row({ id: 'b', measured: { stepTimeS: 12 } }),
  );
  expect(runs.map(({ headline }) => headline?.quantity)).toEqual([undefined, 'stepTimeS']);
  expect(summary.feasibility).toMatchObject({ fitted: 1, outOfMemory: 1, balancedAccuracy: 0.5 });
});

test('what is skipped says why, and nothing is dropped', () => {
  const refusing: Estimates = {
    ...fixed,
    step: () => failed({ code: 'inconsistent', path: 'globalBatch', message: 'It does not divide.' }),
  };
  const inference = { ...row({ id: 'i' }), measured: { ttftMs: 7 } };
  const { runs, skipped } = validate(row({ id: 'm', measured: { stepTimeS: null } }), inference, {});
  expect(runs).toEqual([]);
  expect(skipped).toEqual([
    {
      id: 'm',
      reason: 'the run gives none of stepTimeS, tflopsPerGpu, tokensPerSecPerGpu, mfu, hfu, memGiB',
    },
    { id: 'i', reason: 'an inference run: the estimator has no model of inference yet' },
    { id: 'row 2', reason: 'the shape of "" lacks layers, hidden, heads, ffn, seqLen' },
  ]);
  expect(validateRuns([row()], catalog, refusing).skipped).toEqual([
    { id: 'made-up-175b', reason: 'the estimator refuses it: It does not divide.' },
  ]);
});

test.each([
  ['model FLOPs 72BLsh^2(1+s/6h+v/12hL); attention not causal-halved', full],
  ['model FLOPs with full (non-halved) attention', full],
  ['something that says nothing', full],
  ['model FLOPs: causal attention halved, logit layer counted', modelFlops(model, { causal: true }).total],
  ['hardware FLOPs incl. full-recompute forward', hardwareFlops(model, { recompute: 'full' }).total],
  ['model FLOPs with full (non-halved) attention: 2.20e15 FLOPs per 2048-token sequence', 2.2e15 / 2048],
  ['README FLOPs constant 4.345e14 (15B) / 1.01e16 (175B) per 4096-token sequence', 1.01e16 / 4096],
])('"%s" is read as its source counts', (convention, flops) => {
  expect(flopsPerTokenBy(convention, { model, recompute: 'full' })).toBeCloseTo(flops, -6);
});

test('6N of all parameters is more than 6N of those that are multiplied', () => {
  const counted = (convention: string) => flopsPerTokenBy(convention, { model, recompute: 'none' });
  expect(counted('PaLM MFU: 6N + 12*L*h*s, N incl. both embeddings')).toBeGreaterThan(full);
  expect(counted('value equals 6*N only (attention not counted)')).toBeLessThan(full);
});

test('a constant of the whole model is not used for one cut down to a few layers', () => {
  const convention = 'model FLOPs: 2.20e15 FLOPs per 2048-token sequence';
  expect(flopsPerTokenBy(convention, { model, recompute: 'none' }, false)).toBe(full);
});

test('an MFU is of the peak that the source divides by', () => {
  const fp8 = { ...scenario, precision: 'fp8' } as const;
  const { bf16 = NaN, fp8: eight = NaN } = scenario.cluster.gpu.peak;
  expect(peakBy('', fp8)).toBe(eight);
  expect(peakBy('peaks 989/1979 (H100)', fp8)).toBe(eight);
  expect(peakBy('BF16 model FLOPs / 989.5', fp8)).toBe(bf16);
  expect(peakBy('', scenario)).toBe(bf16);
});

test('every headline follows from the predicted step time', () => {
  const run = readMeasuredRun(row());
  const peak = scenario.cluster.gpu.peak.bf16 ?? NaN;
  const predicted = (quantity: Parameters<typeof predictedHeadline>[0]) =>
    predictedHeadline(quantity, run, scenario, 12);
  expect(predicted('stepTimeS')).toBe(12);
  expect(predicted('tokensPerSecPerGpu')).toBeCloseTo(tokens, 9);
  expect(predicted('tflopsPerGpu')).toBeCloseTo((tokens * full) / 1e12, 9);
  expect(predicted('mfu')).toBeCloseTo((tokens * full) / peak, 12);
  expect(predicted('hfu')).toBeGreaterThan(predicted('mfu'));
});

test('the constant MFU is set on one half of the runs and judged on the other', () => {
  const rows = Array.from({ length: 40 }, (_, i) => row({ id: `run ${i}`, measured: { stepTimeS: 10 } }));
  const { summary } = validate(...rows);
  expect(summary.constantMfu?.worst).toBeCloseTo(0, 12);
  expect(summary.constantMfu?.count).toBe(summary.byHalf['held-out']?.count);
  expect(summary.byTier).toHaveProperty('none');
  expect(summary.bySource['A made-up source']?.count).toBe(40);
});

test('sweeps of one model on one machine are ranked', () => {
  const sweep = [10, 11, 30].map((stepTimeS, i) => row({ id: `nanotron-${i}`, measured: { stepTimeS } }));
  expect(validate(...sweep).summary.ranking).toMatchObject({ questions: 1, nearBest: 0 });
});
