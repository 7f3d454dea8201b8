/**
 * Every published run against its estimate, once, and the bounds that were set before it was built. Constants may be
 * fitted on one half of the runs only; these bounds hold for both halves together.
 */
import { describe, expect, test } from 'vitest';
import { RESIDUALS, residualKind, stepInterval, trainingStep } from '#estimator';
import { readRuns } from '#catalog/node.ts';
import { residualsOf } from '#validation/residuals.ts';
import { estimates } from '#validation/estimate.ts';
import { summarise } from '#validation/statistics.ts';
import { summaryOf, validateRuns } from '#validation/validation.ts';
import { catalog } from '../../unit/validation/row.ts';

const rows = readRuns();
const tierById = new Map(rows.map(({ id, tier }) => [id, tier]));
const { runs, skipped, summary } = validateRuns(rows, catalog, estimates);

const tier = (name: string) => summaryOf(runs.filter(({ labels }) => labels.tier === name));
const A = tier('A');

const errorsOf = (prefix: string) =>
  runs
    .filter(({ id }) => id.startsWith(prefix))
    .flatMap(({ headline }) => (headline ? [headline.error] : []));

describe('time of a step', () => {
  test('Korthikanti 2022, Table 5: mean error at most 3.0%, worst 7%, on all 8 runs', () => {
    const { count, mean, worst } = summarise(errorsOf('korthikanti-t5-'))!;
    expect(count).toBe(8);
    expect(mean).toBeLessThanOrEqual(0.03);
    expect(worst).toBeLessThanOrEqual(0.07);
  });

  test('Narayanan 2021, Table 1: mean error at most 4%, worst 10%, on all 10 runs', () => {
    const { count, mean, worst } = summarise(errorsOf('megatron-sc21-t1-'))!;
    expect(count).toBe(10);
    expect(mean).toBeLessThanOrEqual(0.04);
    expect(worst).toBeLessThanOrEqual(0.1);
  });

  test('tier A, 900 runs and more: median error at most 6%, nine in ten within 18%', () => {
    const { count, median, p90 } = A.overall!;
    expect(count).toBeGreaterThan(900);
    expect(median).toBeLessThanOrEqual(0.06);
    expect(p90).toBeLessThanOrEqual(0.18);
  });

  const large = Object.keys(A.bySource).filter((source) => A.bySource[source]!.count >= 20);
  test.for(large)('%s, a source of 20 tier A runs and more: median error at most 12%%', (source) => {
    expect(A.bySource[source]!.median).toBeLessThanOrEqual(0.12);
  });

  test('tier A: at least twice as good as the best constant MFU for each GPU and format', () => {
    expect(2 * A.byHalf['held-out']!.median).toBeLessThanOrEqual(A.constantMfu!.median);
  });

  test('tier B: median error at most 12%', () => {
    expect(summary.byTier['B']!.median).toBeLessThanOrEqual(0.12);
  });

  test('at most 5% of tier A is skipped, all with a reason', () => {
    const left = skipped.filter(({ id }) => tierById.get(id) === 'A');
    const all = rows.filter((run) => run.tier === 'A').length;
    expect(left.length / all).toBeLessThanOrEqual(0.05);
    for (const { reason } of skipped) expect(reason.length).toBeGreaterThan(10);
  });

  test('sweeps: in at least 80% the plan predicted best is within 10% of the measured best', () => {
    const { questions, nearBest } = summary.ranking;
    expect(questions).toBeGreaterThan(20);
    expect(nearBest).toBeGreaterThanOrEqual(0.8);
  });
});

describe('memory', () => {
  const sources = ['nanotron', 'bigscience', 'zero-bubble', 'torchtitan', 'mlperf'];
  test.for(sources)('%s: median error at most 10%%', (source) => {
    expect(summary.memory.bySource[source]!.median).toBeLessThanOrEqual(0.1);
  });

  test('Aleph Alpha layouts that fit and those that do not are told apart with balanced accuracy of at least 90%', () => {
    const { outOfMemory, balancedAccuracy } = summaryOf(
      runs.filter(({ labels }) => labels.source === 'aleph-alpha'),
    ).feasibility;
    expect(outOfMemory).toBeGreaterThan(400);
    expect(balancedAccuracy).toBeGreaterThanOrEqual(0.9);
  });
});

describe('the interval around a predicted step', () => {
  test('the intervals of the estimator are those of its residuals on the published runs', () => {
    expect(RESIDUALS).toEqual(residualsOf(runs));
  });

  test('an interval names its kind, holds the usual error, and is wider for kinds that are predicted worse', () => {
    const run = runs.find(({ id }) => id === 'korthikanti-t5-175b-sp-selective');
    if (!run) throw new Error('the run is there');
    const step = trainingStep(run.scenario);
    if (!step.ok) throw new Error('it is legal');
    const { interval, seconds } = step.value;
    expect(interval.kind).toBe('Ampere wide dense');
    expect(interval.low).toBeLessThan(13.75);
    expect(interval.high).toBeGreaterThan(13.75);
    expect(residualKind(run.scenario)).toBe('Ampere wide dense');
    const width = (kind: string): number => (RESIDUALS[kind]?.high ?? 0) - (RESIDUALS[kind]?.low ?? 0);
    expect(width('Blackwell narrow experts')).toBeGreaterThan(width('Blackwell narrow dense'));
    const unknown = { ...run.scenario.cluster.gpu, architecture: 'Rubin' };
    const scenario = { ...run.scenario, cluster: { ...run.scenario.cluster, gpu: unknown } };
    expect(stepInterval(scenario, seconds)).toMatchObject({ kind: 'all', runs: RESIDUALS.all?.runs });
  });
});
