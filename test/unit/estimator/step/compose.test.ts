import { describe, expect, test } from 'vitest';
import { breakdownTotal, composeStep, type StepPlan } from '../../../../src/estimator/step/compose.ts';
import { STEP } from '../../../../src/estimator/step/constants.ts';
import { stepCosts, type StepCosts } from '../../../../src/estimator/step/costs.ts';
import { emptyPass, passTotal } from '../../../../src/estimator/step/pass.ts';
import { exposed } from '../../../../src/estimator/step/overlap.ts';
import { MIXTRAL } from '../shapes.ts';
import { scopeWith, small } from './made.ts';

const real = stepCosts(scopeWith({}));

/** A layer of 1 + 2 seconds, ends of 4 and 5, all parts different, no parameters and nothing to send. */
const forward = { ...emptyPass(), gemm: 0.5, attention: 0.25, memoryBound: 0.25 };
const backward = { ...emptyPass(), gemm: 1, attention: 0.5, launch: 0.5 };
const selective = { ...emptyPass(), attention: 0.25 };
const costs: StepCosts = {
  ...real,
  forward,
  backward,
  paired: { forward, backward, selective },
  weightGradient: 0.5,
  selective,
  embedding: { ...emptyPass(), memoryBound: 3, tensorParallel: 1 },
  head: { ...emptyPass(), gemm: 4, tensorParallel: 1 },
  sent: 0,
  layerParameters: 0,
  expertParameters: 0,
  tableParameters: 0,
  outputParameters: 0,
};
const plan = (over: Partial<StepPlan> = {}): StepPlan => ({
  layers: [4],
  chunks: 1,
  microBatches: 8,
  zeroStage: 0,
  recompute: 'none',
  recomputeLayers: Infinity,
  schedule: '1f1b',
  ...over,
});
const compose = (over: Partial<StepPlan> = {}) => composeStep(costs, plan(over));

describe('a step on one stage', () => {
  test('is all micro-batches through layers and ends, and the host', () => {
    expect(compose()).toEqual({
      ...emptyPass(),
      gemm: 8 * (4 * 1.5 + 4),
      attention: 8 * 4 * 0.75,
      memoryBound: 8 * (4 * 0.25 + 3),
      tensorParallel: 8 * 2,
      launch: 8 * 4 * 0.5,
      recompute: 0,
      pipelineParallel: 0,
      bubble: 0,
      dataParallel: 0,
      optimizer: 0,
      host: STEP.hostSeconds,
    });
  });

  test('counts every part of a pass that a layer or an end has', () => {
    const full = { ...emptyPass() };
    for (const part of Object.keys(full) as (keyof typeof full)[]) full[part] = 1;
    const all = composeStep({ ...costs, forward: full, backward: full, embedding: full, head: full }, plan());
    expect(passTotal(all)).toBe(8 * (4 * 14 + 14));
    for (const part of Object.keys(full) as (keyof typeof full)[]) expect(all[part]).toBe(8 * (4 * 2 + 2));
  });

  test('is the sum of its parts', () => {
    const parts = compose({ recompute: 'full', layers: [4, 4] });
    const sum = Object.values<number>({ ...parts }).reduce((total, part) => total + part, 0);
    expect(breakdownTotal(parts)).toBeCloseTo(sum, 12);
    // Every part once, those too that this step has not: powers of two.
    const names = Object.keys(parts) as (keyof typeof parts)[];
    const powers = Object.fromEntries(names.map((name, i) => [name, 2 ** i])) as unknown as typeof parts;
    expect(breakdownTotal(powers)).toBe(2 ** names.length - 1);
  });
});

describe('recomputation', () => {
  test('runs attention again, or every layer, in each micro-batch', () => {
    expect(compose({ recompute: 'selective' }).recompute).toBe(8 * 4 * 0.25);
    expect(compose({ recompute: 'full' }).recompute).toBe(8 * 4 * 1);
  });

  test('of some layers of a stage runs those again', () => {
    expect(compose({ recompute: 'full', recomputeLayers: 1 }).recompute).toBe(8);
    expect(compose({ recompute: 'full', recomputeLayers: 0 }).recompute).toBe(0);
    expect(compose({ recompute: 'full', recomputeLayers: 9 }).recompute).toBe(8 * 4);
  });

  test('lengthens the bubble as well', () => {
    const bubble = (recompute: StepPlan['recompute']) => compose({ layers: [4, 4], recompute }).bubble;
    expect(bubble('full') - bubble('none')).toBeCloseTo(4, 12);
    expect(bubble('selective') - bubble('none')).toBeCloseTo(1, 12);
  });
});

describe('a pipeline', () => {
  test('is as fast as its slowest stage: the last with the logits, the first with the embedding, or a longer one', () => {
    expect(compose({ layers: [2, 2, 2] }).gemm).toBe(8 * (2 * 1.5 + 4));
    expect(compose({ layers: [3, 2, 2] }).memoryBound).toBe(8 * (3 * 0.25 + 3));
    expect(compose({ layers: [2, 6, 2] })).toMatchObject({ gemm: 8 * 6 * 1.5, tensorParallel: 0 });
  });

  test('of equals has the first as its slowest', () => {
    const even = composeStep({ ...costs, embedding: costs.head }, plan({ layers: [2, 2] }));
    expect(even.gemm).toBe(8 * (2 * 1.5 + 4));
  });

  test('loses what the other stages take for a micro-batch', () => {
    // Layers take 3: stages of 10, 6 and 11.
    expect(compose({ layers: [2, 2, 2] }).bubble).toBe(10 + 6);
    expect(compose({ layers: [2, 2, 2], chunks: 2, schedule: 'interleaved' }).bubble).toBe(8);
  });

  test('moves weight gradients of its longest stage into the bubble where the schedule does', () => {
    expect(compose({ layers: [2, 2, 2], schedule: 'zb-h1' }).bubble).toBe(16 - 2 * 2 * (2 * 0.5));
    expect(compose({ layers: [2, 2, 2], schedule: 'zb-h2' }).bubble).toBe(16 - 3 * 2 * (2 * 0.5));
  });

  test('of DualPipe loses by its longest stage: (p/2 - 1)(F + 2B - 3W)', () => {
    expect(compose({ layers: [2, 2, 2, 2], schedule: 'dualpipe' }).bubble).toBe(2 + 2 * 4 - 3);
    expect(compose({ layers: [2, 2, 2, 2], schedule: 'dualpipe', recompute: 'full' }).bubble).toBe(
      2 + 2 * 6 - 3,
    );
  });

  test('hides the exchanges of experts where two micro-batches are paired: DualPipe, or the framework’s own overlap', () => {
    const parallelism = { pipelineParallel: 2, expertParallel: 8 };
    const scenario = small({ model: { ...MIXTRAL, sequence: 1024 }, dp: 8, parallelism });
    const waits = (over: Partial<StepPlan>, expertOverlap = false) =>
      composeStep(stepCosts(scopeWith({ expertOverlap }, scenario)), plan({ layers: [16, 16], ...over }));
    const open = waits({});
    const { forward: ahead, backward: back } = stepCosts(scopeWith({}, scenario));
    const exchange = ahead.expertParallel + back.expertParallel;
    const work = passTotal(ahead) + passTotal(back) - exchange - ahead.launch - back.launch;
    const share = exposed(exchange, work) / exchange;
    expect(share).toBeLessThan(1);
    for (const hidden of [waits({ schedule: 'dualpipe' }), waits({}, true)]) {
      expect(hidden.expertParallel).toBeCloseTo(share * open.expertParallel, 12);
      expect(hidden.gemm).toBe(open.gemm);
    }
    expect(waits({ schedule: 'zb-h1' }).expertParallel).toBe(open.expertParallel);
  });

  test('sends between stages, and replicas see its longest stage', () => {
    const scenario = small({ dp: 8, parallelism: { pipelineParallel: 2 } });
    const piped = stepCosts(scopeWith({}, scenario));
    const step = composeStep(piped, plan({ layers: [5, 3] }));
    expect(step.pipelineParallel).toBeGreaterThan(0);
    expect(step.dataParallel).toBeGreaterThan(composeStep(piped, plan({ layers: [4, 4] })).dataParallel);
    const own = 5 * piped.layerParameters + piped.tableParameters;
    expect(step.optimizer).toBeCloseTo((own * STEP.adamBytes) / piped.scope.machine.streaming, 12);
    expect(composeStep(piped, plan({ layers: [5, 3], zeroStage: 1 })).optimizer).toBeCloseTo(
      step.optimizer / 8,
      12,
    );
  });

  test('shows its replicas the passes of its longest stage, which hide their traffic', () => {
    const scenario = small({ dp: 8, parallelism: { pipelineParallel: 2 } });
    const piped = {
      ...costs,
      scope: scopeWith({ gradientOverlap: 'always' }, scenario),
      layerParameters: 1e6,
    };
    const waits = (layers: readonly number[], over: Partial<StepCosts> = {}) =>
      composeStep({ ...piped, ...over }, plan({ layers, zeroStage: 1 })).dataParallel;
    // Seconds of work hide milliseconds of traffic but for the contention.
    const none = { forward: emptyPass(), backward: emptyPass() };
    expect(waits([4, 2])).toBeCloseTo(STEP.contention * waits([4, 2], none), 12);
    const gather = waits([4, 2], none) / 40;
    const little = { ...none, forward: { ...emptyPass(), gemm: gather } };
    const more = { ...none, backward: { ...emptyPass(), gemm: gather } };
    expect(waits([4, 2], none) - waits([4, 2], little)).toBeCloseTo(4 * gather * STEP.coverShare, 12);
    expect(waits([4, 2], none) - waits([4, 2], more)).toBeCloseTo(4 * gather * STEP.coverShare, 12);
  });
});
