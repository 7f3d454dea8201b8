import { describe, expect, test } from 'vitest';
import { shardedWay, splitWay, trainingStep, type ShardOrSplitQuestion, type Way } from '#estimator';
import { training } from '../scenarios.ts';

const { model, cluster } = training();
const { gpus: _, ...machine } = cluster;
const gpt3: ShardOrSplitQuestion = {
  model,
  cluster: machine,
  globalBatch: 1536,
  precision: 'fp16',
  software: '2021',
};
const small: ShardOrSplitQuestion = {
  ...gpt3,
  model: { ...model, layers: 24, hidden: 2048, heads: 16, kvHeads: 16, ffn: 8192 },
};

const sharded = (question: ShardOrSplitQuestion, gpus: number): Way => shardedWay(question, gpus)!;
const split = (question: ShardOrSplitQuestion, gpus: number): Way => splitWay(question, gpus)!;
const shape = ({ scenario }: Way): readonly number[] => {
  const { tensorParallel, pipelineParallel, virtualPipeline } = scenario.parallelism;
  return [tensorParallel, pipelineParallel, virtualPipeline, scenario.microBatch];
};

describe('ZeRO-3', () => {
  test('runs as the paper ran it: micro-batches of 4, 2, 1 on 384, 768, 1,536 GPUs, one of them a step', () => {
    const ways = [384, 768, 1536].map((gpus) => sharded(gpt3, gpus).scenario);
    expect(ways.map(({ microBatch }) => microBatch)).toEqual([4, 2, 1]);
    expect(ways.map(({ globalBatch }) => globalBatch)).toEqual([1536, 1536, 1536]);
    for (const scenario of ways)
      expect(scenario).toMatchObject({
        framework: 'deepspeed',
        recompute: 'full',
        fusedAttention: false,
        schedule: '1f1b',
        parallelism: { zeroStage: 3, tensorParallel: 1, pipelineParallel: 1 },
      });
  });

  test('ends where there are as many GPUs as sequences', () => {
    expect(shardedWay(gpt3, 1536)).not.toBeNull();
    expect(shardedWay(gpt3, 1537)).toBeNull();
    for (const way of [shardedWay, splitWay]) expect(way(gpt3, 512.5)).toBeNull();
  });

  test('is given with one sequence where not even that fits', () => {
    const way = sharded(gpt3, 8);
    expect(way.fits).toBe(false);
    expect(way.scenario.microBatch).toBe(1);
    expect(way.memory).toBeGreaterThan(machine.gpu.memory);
  });

  test('stops growing the micro-batch when memory is full', () => {
    const way = sharded(gpt3, 128);
    expect(way.fits).toBe(true);
    expect(way.scenario.microBatch).toBe(2);
    expect(sharded({ ...gpt3, globalBatch: 128 }, 128).scenario.microBatch).toBe(1);
  });

  test('recomputes now what makes it faster: everything for large micro-batches, half where there is room', () => {
    const now: ShardOrSplitQuestion = { ...gpt3, software: 'now', globalBatch: 2048 };
    expect(sharded(now, 128).scenario).toMatchObject({
      recompute: 'full',
      framework: 'fsdp',
      fusedAttention: true,
    });
    const roomy = sharded({ ...now, model: small.model }, 64);
    expect(roomy.scenario.recompute).toBe('selective');
    expect(roomy.mfu).toBeGreaterThan(sharded({ ...gpt3, model: small.model }, 64).mfu);
  });

  test('takes the batch nearest to the asked one that its replicas divide', () => {
    expect(sharded(gpt3, 640).scenario).toMatchObject({ microBatch: 2, globalBatch: 1280 });
    expect(sharded({ ...gpt3, globalBatch: 2240 }, 640).scenario).toMatchObject({
      microBatch: 2,
      globalBatch: 2560,
    });
  });

  test('does not exist for a model that cannot be counted', () => {
    expect(shardedWay({ ...gpt3, model: { ...model, hidden: 0 } }, 64)).toBeNull();
  });
});

describe('tensor and pipeline parallelism', () => {
  test('takes the smallest model-parallel size that fits: none, tensor alone, then stages', () => {
    expect(shape(split(small, 64)).slice(0, 2)).toEqual([1, 1]);
    const medium = {
      ...gpt3,
      model: { ...model, layers: 40, hidden: 5120, heads: 40, kvHeads: 40, ffn: 20_480 },
    };
    expect(shape(split(medium, 64)).slice(0, 2)).toEqual([4, 1]);
    expect(shape(split(gpt3, 768))).toEqual([8, 6, 1, 1]);
  });

  test('prefers stages that divide the GPUs, up to twice the fewest', () => {
    expect(shape(split(gpt3, 1024))).toEqual([8, 8, 1, 1]);
    expect(split(gpt3, 1024).scenario.cluster.gpus).toBe(1024);
    // 48 of 56 GPUs: no number of stages up to twelve divides seven.
    expect(shape(split(gpt3, 56))).toEqual([8, 6, 1, 1]);
    expect(split(gpt3, 56).scenario.cluster.gpus).toBe(48);
  });

  test('is given as far split as the GPUs allow where nothing fits', () => {
    const way = split(gpt3, 32);
    expect(way.fits).toBe(false);
    expect(shape(way)).toEqual([8, 4, 1, 1]);
  });

  test('fills GPUs that need no stages with the largest micro-batch', () => {
    const way = split(small, 64);
    expect(way.scenario.microBatch).toBeGreaterThan(1);
    expect(way.fits).toBe(true);
  });

  test('runs under the rules of its time', () => {
    expect(split(gpt3, 768).scenario).toMatchObject({
      framework: 'megatron-2021',
      recompute: 'full',
      schedule: '1f1b',
      parallelism: { zeroStage: 0, sequenceParallel: false },
    });
    const now = split({ ...gpt3, software: 'now' }, 768).scenario;
    expect(now).toMatchObject({
      framework: 'megatron-core',
      recompute: 'none',
      schedule: 'interleaved',
      fusedAttention: true,
      parallelism: { zeroStage: 1, sequenceParallel: true },
    });
    const { pipelineParallel, virtualPipeline } = now.parallelism;
    expect(pipelineParallel * virtualPipeline).toBe(96);
    expect(split({ ...small, software: 'now' }, 64).scenario.parallelism).toMatchObject({
      sequenceParallel: false,
      virtualPipeline: 1,
    });
  });

  test('does not interleave fewer micro-batches than stages', () => {
    const few = split({ ...gpt3, software: 'now', globalBatch: 16 }, 512).scenario;
    expect(few.schedule).toBe('1f1b');
    expect(few.parallelism.virtualPipeline).toBe(1);
  });

  test('does not exist with more replicas than sequences', () => {
    expect(splitWay({ ...small, globalBatch: 4 }, 8 * 4 * 24 * 2 * 8)).toBeNull();
  });

  test('keeps to the GPUs without NVLink one by one, in stages', () => {
    const pcie: ShardOrSplitQuestion = { ...gpt3, cluster: { ...machine, nvlinkDomain: 1 } };
    expect(shape(split(pcie, 768))[0]).toBe(1);
  });
});

test('seconds, MFU and memory are those of the step itself, whatever numbers of GPUs were asked before', () => {
  for (const question of [gpt3, { ...gpt3, software: 'now' as const }, small])
    for (const gpus of [1024, 64, 16, 512])
      for (const way of [sharded(question, gpus), split(question, gpus)]) {
        const step = trainingStep(way.scenario);
        if (!step.ok) throw new Error('It is legal.');
        expect(way.seconds / step.value.seconds).toBeCloseTo(1, 12);
        expect(way.mfu / step.value.mfu).toBeCloseTo(1, 12);
        expect(way.memory).toBe(step.value.memory.total);
        expect(way.fits).toBe(step.value.issues.length === 0);
      }
});

test('software of 2021 recomputes everything, with room or without', () => {
  for (const gpus of [8, 64, 512]) expect(sharded(small, gpus).scenario.recompute).toBe('full');
});

test('tensor parallelism divides the heads', () => {
  const six: ShardOrSplitQuestion = {
    ...gpt3,
    model: { ...model, heads: 6, kvHeads: 6, headDim: 2048 },
  };
  expect(shape(split(six, 768))[0]).toBe(2);
});

test('replicas may be as many as sequences, and micro-batches as many as stages', () => {
  expect(split({ ...small, globalBatch: 64 }, 64).scenario).toMatchObject({ microBatch: 1, globalBatch: 64 });
  const now: ShardOrSplitQuestion = { ...gpt3, software: 'now', globalBatch: 128 };
  const { scenario } = split(now, 1024);
  const { pipelineParallel, tensorParallel } = scenario.parallelism;
  const passes = scenario.globalBatch / (1024 / (pipelineParallel * tensorParallel));
  expect(passes).toBe(pipelineParallel);
  expect(scenario.schedule).toBe('interleaved');
});

test('of stages that fit the fewest are taken where none divides the GPUs', () => {
  const way = split(gpt3, 8 * 97);
  expect(shape(way)).toEqual([8, 6, 1, 1]);
  expect(way.scenario.cluster.gpus).toBe(16 * 48);
});
