import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Run } from '#catalog/run-file.ts';
import { halfOf } from '#validation/halves.ts';
import { scenarioOfRun } from '#validation/scenario-of-run.ts';
import { quantile, summarise } from '#validation/statistics.ts';
import { catalog, row } from '../unit/validation/row.ts';

const groups = ['source', 'model', 'hardware', 'execution', 'measured'] as const;
const whole = row();
const places = groups.flatMap((group) => Object.keys(whole[group] ?? {}).map((key) => [group, key] as const));

const nonsense = fc.oneof(
  fc.jsonValue(),
  fc.integer({ min: -10, max: 1e6 }),
  fc.double(),
  fc.constantFrom(null, undefined, 'A100', 'H100 PCIe', 'fp8', 'full', 'Megatron-LM', 'T5', 'DeepSeek-V3'),
);

/** A whole row with a few of its fields replaced by anything. */
const spoiled = fc
  .array(fc.tuple(fc.constantFrom(...places), nonsense), { minLength: 1, maxLength: 4 })
  .map((changes) => {
    const made: Record<string, Record<string, unknown>> = {};
    for (const [[group, key], value] of changes) made[group] = { ...made[group], [key]: value };
    return row(made);
  });

test('any row is modelled or refused with a reason, and never throws', () => {
  fc.assert(
    fc.property(fc.oneof(spoiled, fc.jsonValue()), (raw) => {
      const result = scenarioOfRun(raw as unknown as Run, catalog);
      if (!result.ok) {
        expect(result.reason.length).toBeGreaterThan(5);
        return;
      }
      const { scenario } = result;
      const { cluster, parallelism, microBatch, globalBatch, model } = scenario;
      const data =
        cluster.gpus /
        (parallelism.tensorParallel * parallelism.pipelineParallel * parallelism.contextParallel);
      const numbers = [data, microBatch, globalBatch, globalBatch / (data * microBatch), model.layers];
      expect(numbers.every((n) => Number.isInteger(n) && n > 0)).toBe(true);
      expect(cluster.networkBandwidth).toBeGreaterThan(0);
      expect(Number.isFinite(cluster.networkBandwidth)).toBe(true);
    }),
    { numRuns: 3000 },
  );
});

test('quantiles rise with the share and stay within the values', () => {
  const values = fc.array(fc.double({ min: -1e6, max: 1e6, noNaN: true }), { minLength: 1, maxLength: 50 });
  fc.assert(
    fc.property(
      values,
      fc.double({ min: 0, max: 1, noNaN: true }),
      fc.double({ min: 0, max: 1, noNaN: true }),
      (v, a, b) => {
        const [low, high] = [quantile(v, Math.min(a, b)) ?? NaN, quantile(v, Math.max(a, b)) ?? NaN];
        const slack = 1e-9 * Math.max(...v.map(Math.abs));
        expect(low).toBeLessThanOrEqual(high + slack);
        expect(low).toBeGreaterThanOrEqual(Math.min(...v) - slack);
        expect(high).toBeLessThanOrEqual(Math.max(...v) + slack);
        const { median = NaN, p90 = NaN, worst = NaN } = summarise(v) ?? {};
        expect(median).toBeLessThanOrEqual(p90 + slack);
        expect(p90).toBeLessThanOrEqual(worst + slack);
      },
    ),
  );
});

test('the half of a run is one of two, and needs its id only', () => {
  fc.assert(
    fc.property(fc.string(), (id) => ['fit', 'held-out'].includes(halfOf(id)) && halfOf(id) === halfOf(id)),
  );
});
