import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  checkScenario,
  layersByStage,
  memoryPerGpu,
  trainingStep,
  valueOrThrow,
  type TrainingScenario,
  type TrainingStep,
} from '#estimator';
import { readModels } from '#catalog/node.ts';
import { stripSources } from '#catalog/values.ts';
import type { Model } from '#estimator';
import { training } from '../../unit/estimator/scenarios.ts';
import { violationsOf } from './training-laws.ts';
import { GPUS, legalScenario, offScenario, precisionsOf, wildScenario } from './training-scenarios.ts';

const stepOf = (scenario: TrainingScenario): TrainingStep => valueOrThrow(trainingStep(scenario));
const holds = (law: (scenario: TrainingScenario) => void, numRuns = 600): void => {
  fc.assert(
    fc.property(legalScenario, (scenario) => {
      law(scenario);
    }),
    { numRuns },
  );
};
const noMore = (a: number, b: number): void => expect(a).toBeLessThanOrEqual(b * (1 + 1e-9));
const withCluster = (scenario: TrainingScenario, change: Partial<TrainingScenario['cluster']>) => ({
  ...scenario,
  cluster: { ...scenario.cluster, ...change },
});
const withGpu = (scenario: TrainingScenario, change: Partial<TrainingScenario['cluster']['gpu']>) =>
  withCluster(scenario, { gpu: { ...scenario.cluster.gpu, ...change } });

describe('any scenario is answered with finite numbers or refused with a field, a limit and legal values', () => {
  test.each([
    ['3,000 legal ones', legalScenario, 3000],
    ['3,500 with numbers that are off', offScenario, 3500],
    ['3,500 wild ones', wildScenario, 3500],
  ] as const)('%s', (_, scenarios, numRuns) => {
    fc.assert(
      fc.property(scenarios, (scenario) => {
        expect(violationsOf(scenario)).toEqual([]);
      }),
      { numRuns },
    );
  });

  test('what is made to be legal is', () => {
    holds((scenario) => expect(checkScenario(scenario)).toEqual([]));
  });

  const models = readModels().map(
    (record) => stripSources(record) as unknown as { id: string; shape: Model },
  );
  test.for(GPUS)('every model of the catalogue on $name, in each of its precisions', (gpu) => {
    const nvlinkDomain = gpu.nvlinkBandwidth > 0 ? 8 : 1;
    for (const { id, shape } of models)
      for (const precision of precisionsOf(gpu)) {
        const scenario = training({
          model: shape,
          precision,
          dp: 8,
          framework: 'megatron-core',
          fusedAttention: true,
        });
        expect(violationsOf(withCluster(scenario, { gpu, nvlinkDomain })), id).toEqual([]);
        expect(checkScenario(withCluster(scenario, { gpu, nvlinkDomain })), id).toEqual([]);
      }
  });
});

test('the same scenario has the same answer', () => {
  holds((scenario) => expect(trainingStep(scenario)).toEqual(trainingStep(structuredClone(scenario))), 300);
});

test('a scenario is not changed by being answered', () => {
  holds((scenario) => {
    const before = structuredClone(scenario);
    trainingStep(scenario);
    expect(scenario).toEqual(before);
  }, 300);
});

test('MFU x peak x GPUs x seconds is the model FLOP, and MFU is at most HFU', () => {
  holds((scenario) => {
    const { mfu, hfu, seconds, modelFlops, hardwareFlops } = stepOf(scenario);
    const peak = modelFlops / (mfu * seconds * scenario.cluster.gpus);
    const peaks = Object.values<number>({ ...scenario.cluster.gpu.peak });
    expect(Math.min(...peaks.map((one) => Math.abs(one / peak - 1)))).toBeLessThan(1e-9);
    expect(hfu / mfu).toBeCloseTo(hardwareFlops / modelFlops, 9);
    noMore(mfu, hfu);
  });
});

test('MFU is at most 1 where attention’s masked half is no large part of the count', () => {
  holds((scenario) => {
    const { model } = scenario;
    fc.pre(model.sequence <= model.hidden && !model.window);
    expect(stepOf(scenario).mfu).toBeLessThanOrEqual(1);
  });
});

test('stages hold all layers, and but for nanotron’s differ by the ends or one layer', () => {
  holds((scenario) => {
    const { model, parallelism, framework } = scenario;
    const { pipelineParallel, virtualPipeline } = parallelism;
    const stages = layersByStage(model, pipelineParallel, virtualPipeline, framework);
    expect(stages).toHaveLength(pipelineParallel);
    expect(stages.reduce((sum, layers) => sum + layers, 0)).toBe(model.layers);
    expect(stages.every((layers) => Number.isInteger(layers) && layers >= 0)).toBe(true);
    if (framework !== 'nanotron') expect(Math.max(...stages) - Math.min(...stages)).toBeLessThanOrEqual(1);
  });
});

describe('recomputation costs time and saves memory', () => {
  const by = (scenario: TrainingScenario, recompute: TrainingScenario['recompute']) => {
    const { recomputeLayers: _, ...all } = scenario;
    return { ...all, recompute };
  };

  test('none is at most as slow as selective, which is at most as slow as full', () => {
    holds((scenario) => {
      const [none, selective, full] = (['none', 'selective', 'full'] as const).map(
        (recompute) => stepOf(by(scenario, recompute)).seconds,
      );
      noMore(none!, selective!);
      noMore(selective!, full!);
    });
  });

  test('full needs at most as much memory as selective, which needs at most as much as none', () => {
    holds((scenario) => {
      const [none, selective, full] = (['none', 'selective', 'full'] as const).map(
        (recompute) => memoryPerGpu(by(scenario, recompute)).total,
      );
      noMore(full!, selective!);
      noMore(selective!, none!);
    });
  });
});

describe('faster machines', () => {
  // Weight gradients that are shorter fill less of a zero-bubble schedule's bubble.
  const plain = (scenario: TrainingScenario): TrainingScenario =>
    ['zb-h1', 'zb-h2', 'zb-v', 'dualpipe'].includes(scenario.schedule)
      ? { ...scenario, schedule: '1f1b' }
      : scenario;

  test.each([
    [
      'network',
      (s: TrainingScenario) => withCluster(s, { networkBandwidth: 2 * s.cluster.networkBandwidth }),
    ],
    ['NVLink', (s: TrainingScenario) => withGpu(s, { nvlinkBandwidth: 2 * s.cluster.gpu.nvlinkBandwidth })],
    ['memory', (s: TrainingScenario) => withGpu(s, { memoryBandwidth: 2 * s.cluster.gpu.memoryBandwidth })],
    ['power', (s: TrainingScenario) => withGpu(s, { power: 2 * s.cluster.gpu.power })],
  ])('with twice the %s are never slower', (_, faster) => {
    holds((scenario) => {
      const before = plain(scenario);
      noMore(stepOf(faster(before)).seconds, stepOf(before).seconds);
    });
  });
});

describe('more work takes longer', () => {
  test('a step of twice the micro-batches takes longer, and at most twice as long', () => {
    holds((scenario) => {
      const once = stepOf(scenario).seconds;
      const twice = stepOf({ ...scenario, globalBatch: 2 * scenario.globalBatch }).seconds;
      expect(twice).toBeGreaterThan(once);
      noMore(twice, 2 * once);
    });
  });

  test('twice the GPUs at the same work each compute as long, nothing being shared', () => {
    holds((scenario) => {
      const { parallelism, cluster, globalBatch } = scenario;
      const alone = { ...scenario, parallelism: { ...parallelism, zeroStage: 0 as const } };
      const twice = { ...withCluster(alone, { gpus: 2 * cluster.gpus }), globalBatch: 2 * globalBatch };
      const [before, after] = [stepOf(alone).breakdown, stepOf(twice).breakdown];
      for (const part of ['gemm', 'attention', 'memoryBound', 'optimizer'] as const)
        expect(after[part]).toBeCloseTo(before[part], 9);
    });
  });
});

test('more chunks a stage never lengthen the bubble, and shorten it in proportion', () => {
  holds((scenario) => {
    const { model, parallelism } = scenario;
    const stages = parallelism.pipelineParallel;
    fc.pre(stages > 1);
    const at = (virtualPipeline: number) =>
      stepOf({
        ...scenario,
        model: { ...model, layers: 12 * stages },
        framework: 'megatron-core',
        schedule: 'interleaved',
        globalBatch: stages * scenario.globalBatch,
        parallelism: { ...parallelism, virtualPipeline },
      }).breakdown.bubble;
    expect(at(2)).toBeCloseTo(at(1) / 2, 9);
    expect(at(6)).toBeCloseTo(at(1) / 6, 9);
  }, 300);
});

test('the bubble of equal stages is (p - 1)/m of their work: Narayanan 2021, section 2.2', () => {
  holds((scenario) => {
    const { model, parallelism } = scenario;
    const stages = parallelism.pipelineParallel;
    const { breakdown, microBatches } = stepOf({
      ...scenario,
      // Ends too small to count.
      model: { ...model, layers: 40 * stages, vocab: 1 },
      framework: 'megatron-core',
      recompute: 'none',
      schedule: '1f1b',
      parallelism: { ...parallelism, virtualPipeline: 1 },
    });
    const { gemm, attention, memoryBound, tensorParallel, contextParallel, expertParallel, launch } =
      breakdown;
    const work = gemm + attention + memoryBound + tensorParallel + contextParallel + expertParallel + launch;
    const ideal = ((stages - 1) / microBatches) * work;
    noMore(breakdown.bubble, ideal);
    expect(breakdown.bubble).toBeGreaterThanOrEqual(0.9 * ideal);
  }, 300);
});
