import { expect, test } from 'vitest';
import { checkMemory, memoryPerGpu } from '#estimator';
import {
  communicatorBytes,
  CUDA_CONTEXT,
  FRAGMENTATION,
} from '../../../../src/estimator/memory/framework-overhead.ts';
import { memoryRates, shardGroupsOf } from '../../../../src/estimator/memory/memory-rates.ts';
import {
  activationBytes,
  logitsBytes,
  stageExpertParameters,
  stageParameters,
  temporaryBytes,
} from '../../../../src/estimator/memory/stage-bytes.ts';
import { stageLoads } from '../../../../src/estimator/memory/stage-loads.ts';
import { training } from '../scenarios.ts';
import { MIXTRAL } from '../shapes.ts';

const scenario = training({
  model: { ...MIXTRAL, layers: 7 },
  framework: 'megatron-core',
  gradientFormat: 'fp32',
  recompute: 'full',
  dp: 4,
  parallelism: { pipelineParallel: 2, expertParallel: 2, zeroStage: 1 },
});
const stagesOf = () => memoryPerGpu(scenario).stages;

test('stages are counted from 0, with their layers and the micro-batches that 1F1B holds there', () => {
  expect(stagesOf().map(({ stage, layers, inFlight }) => [stage, layers, inFlight])).toEqual([
    [0, 4, 2],
    [1, 3, 1],
  ]);
});

test('states: 2 and 4 bytes a parameter of weights and gradients, 12 of the optimizer over its ranks', () => {
  const rates = memoryRates(scenario);
  const { shards, expertShards } = shardGroupsOf(scenario);
  expect([shards, expertShards]).toEqual([4, 2]);
  stageLoads(scenario).forEach((load, stage) => {
    const own = stageParameters(rates, load);
    const experts = stageExpertParameters(rates, load);
    expect(stagesOf()[stage]!.parts).toMatchObject({
      weights: 2 * (own + experts),
      gradients: 4 * (own + experts),
      optimizer: 12 * (own / 4 + experts / 2),
      communication: 0,
    });
  });
});

test('what passes: activations of all in flight, and the worst moment’s logits or gradients', () => {
  const rates = memoryRates(scenario);
  stageLoads(scenario).forEach((load, stage) => {
    expect(stagesOf()[stage]!.parts).toMatchObject({
      activations: activationBytes(rates, load),
      logits: logitsBytes(rates, load),
      temporary: temporaryBytes(rates, load),
    });
  });
});

test('the allocator loses a share of what passes; a context and communicators lie outside it', () => {
  for (const { parts } of stagesOf()) {
    const passing = parts.activations + parts.logits + parts.temporary;
    expect(parts.fragmentation).toBeCloseTo(FRAGMENTATION * passing, 3);
    expect(parts.framework).toBe(CUDA_CONTEXT + communicatorBytes(scenario.parallelism, 4));
  }
});

test('PyTorch says what tensors take, then what it holds; nvidia-smi says all', () => {
  for (const { parts, allocated, reserved, total } of stagesOf()) {
    const { fragmentation, framework } = parts;
    const all = Object.values<number>({ ...parts }).reduce((sum, bytes) => sum + bytes, 0);
    expect(total / all).toBeCloseTo(1, 12);
    expect(allocated / (all - fragmentation - framework)).toBeCloseTo(1, 12);
    expect(reserved / (all - framework)).toBeCloseTo(1, 12);
  }
});

test('of stages that need as much the first is named: DualPipe’s two ends', () => {
  const { stage, stages: ends } = memoryPerGpu(
    training({ schedule: 'dualpipe', parallelism: { pipelineParallel: 2 } }),
  );
  expect(ends[0]!.total).toBe(ends[1]!.total);
  expect(stage).toBe(0);
});

test('a GPU that is exactly large enough is large enough', () => {
  const { total } = memoryPerGpu(scenario);
  const on = (memory: number) => {
    const { cluster } = scenario;
    return checkMemory({ ...scenario, cluster: { ...cluster, gpu: { ...cluster.gpu, memory } } });
  };
  expect(on(total)).toEqual([]);
  expect(on(total - 1)).toHaveLength(1);
});

test('selective recomputation covers every layer, full recomputation as many as are said', () => {
  const recomputed = (recompute: 'selective' | 'full') =>
    stageLoads(training({ recompute, recomputeLayers: 5, parallelism: { pipelineParallel: 8 } })).map(
      (load) => load.recomputed,
    );
  expect(recomputed('selective')).toEqual(Array.from({ length: 8 }, () => 12));
  expect(recomputed('full')).toEqual(Array.from({ length: 8 }, () => 5));
});

test('one stage has one copy of its layers in any schedule', () => {
  const [load, ...others] = stageLoads(training({ schedule: 'dualpipe' }));
  expect(others).toEqual([]);
  expect(load).toMatchObject({ copies: 1, denseLayers: 96, first: true, last: true, inFlight: 1 });
});
