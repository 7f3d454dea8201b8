import { describe, expect, test } from 'vitest';
import type { PlanningQuestion } from '#estimator';
import {
  candidatesOf,
  firstChoice,
  powersAndDivisors,
  sequenceChoices,
} from '../../../../src/estimator/planner/candidates.ts';
import { A800, LLAMA3_8B, MIXTRAL } from '../shapes.ts';

const question: PlanningQuestion = {
  model: LLAMA3_8B,
  cluster: {
    gpu: A800,
    gpus: 64,
    gpusPerNode: 8,
    nvlinkDomain: 8,
    networkBandwidth: 25e9,
    pcieBandwidth: 32e9,
  },
  precision: 'bf16',
  globalBatch: 12,
  framework: 'megatron-core',
};
const candidates = (over: Partial<PlanningQuestion> = {}) => candidatesOf({ ...question, ...over });

test('powers of two and divisors up to a limit, each once and in order', () => {
  expect(powersAndDivisors([12], 12)).toEqual([1, 2, 3, 4, 6, 8, 12]);
  expect(powersAndDivisors([12], 6)).toEqual([1, 2, 3, 4, 6]);
  expect(powersAndDivisors([9, 49], 16)).toEqual([1, 2, 3, 4, 7, 8, 9, 16]);
  expect(powersAndDivisors([7, 50], 5)).toEqual([1, 2, 4, 5]);
  expect(powersAndDivisors([], 1)).toEqual([1]);
});

describe('unless the question says, the planner tries', () => {
  test('what divides 32 heads, 32 to 34 layers, 8,192 tokens and a batch of 12', () => {
    expect(candidates()).toEqual({
      tensorParallel: [1, 2, 4, 8],
      pipelineParallel: [1, 2, 3, 4, 8, 11, 16, 17, 32, 33, 34],
      virtualPipeline: [1, 2, 3, 4, 8, 11, 16, 17, 32, 33, 34],
      contextParallel: [1, 2],
      expertParallel: [1],
      microBatch: [1, 2, 3, 4, 6, 8, 12],
      zeroStage: [0, 1],
      recompute: ['none', 'full'],
      sequenceParallel: [false, true],
    });
  });

  test('no more stages than GPUs, among them what divides the GPUs', () => {
    const { pipelineParallel } = candidates({ cluster: { ...question.cluster, gpus: 20 } });
    expect(pipelineParallel).toEqual([1, 2, 3, 4, 5, 8, 10, 11, 16, 17, 20]);
  });

  test('no context-parallel ranks of fewer than 4,096 tokens', () => {
    const ranks = (sequence: number) => candidates({ model: { ...LLAMA3_8B, sequence } }).contextParallel;
    expect(ranks(2048)).toEqual([1]);
    expect(ranks(12_288)).toEqual([1, 2, 3]);
  });

  test('every divisor of the experts', () => {
    const model = { ...MIXTRAL, moe: { ...MIXTRAL.moe!, experts: 6 } };
    expect(candidates({ model }).expertParallel).toEqual([1, 2, 3, 4, 6]);
  });

  test('the ZeRO stages and sequence parallelism that a family has', () => {
    const of = (framework: PlanningQuestion['framework']) => {
      const { zeroStage, sequenceParallel } = candidates({ framework });
      return [zeroStage, sequenceParallel];
    };
    expect(of('fsdp')).toEqual([
      [2, 3],
      [false, true],
    ]);
    expect(of('deepspeed')).toEqual([[0, 1], [false]]);
    expect(of('megatron-2021')).toEqual([[0], [false]]);
  });

  test('selective recomputation where scores are in memory, or where a family drops more than scores', () => {
    const of = (framework: PlanningQuestion['framework'], fusedAttention?: boolean) =>
      candidates({ framework, ...(fusedAttention === undefined ? {} : { fusedAttention }) }).recompute;
    expect(of('megatron-core', true)).toEqual(['none', 'full']);
    expect(of('megatron-core', false)).toEqual(['none', 'selective', 'full']);
    expect(of('fsdp', true)).toEqual(['none', 'selective', 'full']);
  });
});

test('what the question says is tried as it is, each once, numbers in order', () => {
  const { microBatch, zeroStage, recompute, sequenceParallel } = candidates({
    choices: {
      microBatch: [4, 1, 4, 5],
      zeroStage: [3, 0],
      recompute: ['full', 'none', 'full'],
      sequenceParallel: [true, true],
    },
  });
  expect([microBatch, zeroStage, recompute, sequenceParallel]).toEqual([
    [1, 4, 5],
    [0, 3],
    ['full', 'none'],
    [true],
  ]);
});

test('a limit of the question replaces the usual one, both ways', () => {
  const { tensorParallel, microBatch } = candidates({ limits: { tensorParallel: 16, microBatch: 3 } });
  expect(tensorParallel).toEqual([1, 2, 4, 8, 16]);
  expect(microBatch).toEqual([1, 2, 3]);
});

test('a sequence that nobody shares is not tried both ways', () => {
  expect(sequenceChoices(candidates(), 1)).toEqual([false]);
  expect(sequenceChoices(candidates(), 2)).toEqual([false, true]);
  expect(sequenceChoices(candidates({ choices: { sequenceParallel: [true] } }), 1)).toEqual([true]);
});

test('examples start from the first of every choice', () => {
  expect(firstChoice(candidates({ choices: { tensorParallel: [8, 4], recompute: ['full'] } }))).toEqual({
    tensorParallel: 4,
    pipelineParallel: 1,
    virtualPipeline: 1,
    contextParallel: 1,
    expertParallel: 1,
    microBatch: 1,
    zeroStage: 0,
    recompute: 'full',
    sequenceParallel: false,
  });
});
