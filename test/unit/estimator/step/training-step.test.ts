import { beforeEach, describe, expect, test } from 'vitest';
import {
  checkMemory,
  hardwareFlops,
  memoryPerGpu,
  modelFlops,
  trainingStep,
  valueOrThrow,
  type TrainingScenario,
  type TrainingStep,
} from '#estimator';
import { breakdownTotal, composeStep } from '../../../../src/estimator/step/compose.ts';
import { stepCosts } from '../../../../src/estimator/step/costs.ts';
import { LEAST_RUNS, RESIDUALS, residualKind } from '../../../../src/estimator/step/interval.ts';
import { scopeOf } from '../../../../src/estimator/step/scope.ts';
import { planOf, stepBreakdown } from '../../../../src/estimator/step/training-step.ts';
import { A800, H100, MIXTRAL } from '../shapes.ts';
import { onHopper, small, SMALL } from './made.ts';

const stepOf = (scenario: TrainingScenario): TrainingStep => valueOrThrow(trainingStep(scenario));

describe('a training step', () => {
  const scenario = small({ dp: 4, passes: 8, microBatch: 2, parallelism: { tensorParallel: 2 } });
  // Inside tests, so that each counts as one that ran what it tests.
  let step: TrainingStep;
  beforeEach(() => {
    step = stepOf(scenario);
  });
  const tokens = 64 * 1024;

  test('is the composition of its costs by its plan', () => {
    expect(step.breakdown).toEqual(composeStep(stepCosts(scopeOf(scenario)), planOf(scenario)));
    expect(stepBreakdown(scenario)).toEqual(step.breakdown);
    expect(step.seconds).toBe(breakdownTotal(step.breakdown));
  });

  test('trains the tokens of its global batch', () => {
    expect(step.tokensPerSecond).toBe(tokens / step.seconds);
    expect(step.tokensPerSecondPerGpu).toBeCloseTo(tokens / step.seconds / 8, 9);
  });

  test('says its replicas and micro-batches', () => {
    expect(step).toMatchObject({ dataParallel: 4, microBatches: 8 });
  });

  test('MFU times peak, GPUs and seconds is the model FLOP; HFU counts what runs again', () => {
    const useful = modelFlops(SMALL, { tokens }).total;
    expect(step.modelFlops).toBe(useful);
    expect(step.mfu * A800.peak.bf16! * 8 * step.seconds).toBeCloseTo(useful, -6);
    expect(step.hfu).toBeCloseTo(step.mfu, 12);
    const again = stepOf({ ...scenario, recompute: 'full' });
    expect(again.hardwareFlops).toBe(hardwareFlops(SMALL, { tokens, recompute: 'full' }).total);
    expect(again.hfu * A800.peak.bf16! * 8 * again.seconds).toBeCloseTo(again.hardwareFlops, -6);
    expect(again.hfu).toBeGreaterThan(again.mfu);
    expect(again.modelFlops).toBe(useful);
  });

  test('in FP8 is a share of the FP8 peak', () => {
    const eight = stepOf(onHopper({ precision: 'fp8', passes: 8 }));
    expect(eight.mfu * H100.peak.fp8! * eight.seconds).toBeCloseTo(eight.modelFlops, -6);
  });

  test('that does not fit is answered with a note', () => {
    expect(step.issues).toEqual([]);
    expect(step.memory).toEqual(memoryPerGpu(scenario));
    const tight = { ...scenario, cluster: { ...scenario.cluster, gpu: { ...A800, memory: 1e9 } } };
    const { issues, seconds } = stepOf(tight);
    expect(seconds).toBe(step.seconds);
    expect(issues).toEqual(checkMemory(tight));
    expect(issues).toMatchObject([{ path: 'memory', code: 'too-large', limit: 1e9 }]);
  });

  test('that cannot be is refused with every issue', () => {
    const outcome = trainingStep(small({ microBatch: 0, precision: 'fp12' as 'fp16' }));
    expect(outcome).toMatchObject({
      ok: false,
      issues: [{ path: 'microBatch' }, { path: 'globalBatch' }, { path: 'precision' }],
    });
    expect(trainingStep(undefined as unknown as TrainingScenario).ok).toBe(false);
  });
});

describe('inside a server without NVLink', () => {
  const mixtral = { ...MIXTRAL, sequence: 1024 };
  test.each([
    ['tensor', small({ parallelism: { tensorParallel: 4 } }), 'tensorParallel'],
    ['context', small({ parallelism: { contextParallel: 4 } }), 'contextParallel'],
    ['pipeline', small({ parallelism: { pipelineParallel: 4 } }), 'pipelineParallel'],
    ['data', small({ dp: 4 }), 'dataParallel'],
    ['expert', small({ model: mixtral, dp: 4, parallelism: { expertParallel: 4 } }), 'expertParallel'],
  ] as const)('%s parallelism talks over PCIe and not over the network', (_, scenario, part) => {
    const gpu = { ...A800, nvlinkBandwidth: 0 };
    const at = (networkBandwidth: number, pcieBandwidth: number) => {
      const cluster = { ...scenario.cluster, gpu, nvlinkDomain: 1, networkBandwidth, pcieBandwidth };
      return stepOf({ ...scenario, cluster }).breakdown[part];
    };
    expect(at(1e6, 25e9)).toBe(at(25e9, 25e9));
    expect(at(25e9, 12.5e9)).toBeGreaterThan(at(25e9, 25e9));
  });
});

describe('the plan of a scenario', () => {
  test('lays out layers and counts micro-batches', () => {
    const parallelism = { pipelineParallel: 2, virtualPipeline: 4, zeroStage: 1 } as const;
    expect(planOf(small({ dp: 2, passes: 6, parallelism, recompute: 'full', recomputeLayers: 2 }))).toEqual({
      layers: [4, 4],
      chunks: 4,
      microBatches: 6,
      zeroStage: 1,
      recompute: 'full',
      recomputeLayers: 2,
      schedule: 'interleaved',
    });
    expect(planOf(small()).recomputeLayers).toBe(Infinity);
  });
});

describe('the interval around a prediction', () => {
  test('is that of published runs of the same generation, width of format and kind of model', () => {
    expect(residualKind(small())).toBe('Ampere wide dense');
    expect(residualKind(onHopper({ precision: 'fp8', model: MIXTRAL }))).toBe('Hopper narrow experts');
    const ultra = onHopper({ precision: 'nvfp4' });
    const gpu = { ...H100, architecture: 'Blackwell Ultra' };
    expect(residualKind({ ...ultra, cluster: { ...ultra.cluster, gpu } })).toBe('Blackwell narrow dense');
    const { low, high, runs } = RESIDUALS['Ampere wide dense']!;
    const { seconds, interval } = stepOf(small());
    expect(interval).toEqual({ low: low * seconds, high: high * seconds, runs, kind: 'Ampere wide dense' });
  });

  test('is that of all runs where there are few of a kind', () => {
    const volta = { ...small().cluster, gpu: { ...A800, architecture: 'Volta' } };
    const { interval } = stepOf({ ...small(), cluster: volta });
    expect(interval).toMatchObject({ kind: 'all', runs: RESIDUALS['all']!.runs });
  });

  test('rests on enough runs, and every kind has its low below its high', () => {
    for (const { low, high, runs } of Object.values(RESIDUALS)) {
      expect(runs).toBeGreaterThanOrEqual(LEAST_RUNS);
      expect(low).toBeGreaterThan(0);
      expect(low).toBeLessThan(high);
    }
  });
});
