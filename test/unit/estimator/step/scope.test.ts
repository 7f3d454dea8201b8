import { describe, expect, test } from 'vitest';
import { placeGroup } from '#estimator';
import { machineOf } from '../../../../src/estimator/step/machine.ts';
import { scopeOf } from '../../../../src/estimator/step/scope.ts';
import { LLAMA3_8B, MIXTRAL } from '../shapes.ts';
import { small } from './made.ts';

const split = {
  tensorParallel: 4,
  contextParallel: 2,
  pipelineParallel: 2,
  expertParallel: 8,
  expertTensorParallel: 2,
  sequenceParallel: true,
};

describe('tokens of a rank', () => {
  test('are the micro-batch’s, split along the sequence between context-parallel ranks', () => {
    const { tokens } = scopeOf(small({ microBatch: 3, parallelism: { contextParallel: 4 } }));
    expect(tokens).toBe((3 * 1024) / 4);
  });

  test('in its slice are fewer only with sequence parallelism', () => {
    const slice = (sequenceParallel: boolean) =>
      scopeOf(small({ parallelism: { tensorParallel: 4, sequenceParallel } })).sliceTokens;
    expect(slice(false)).toBe(1024);
    expect(slice(true)).toBe(256);
  });
});

test('groups stand side by side in Megatron’s order: tensor, then context; expert tensor, then expert', () => {
  const scenario = small({ model: MIXTRAL, parallelism: split, dp: 4 });
  const { cluster } = scenario;
  expect(scopeOf(scenario)).toMatchObject({
    tensorParallel: 4,
    contextParallel: 2,
    expertParallel: 8,
    expertTensorParallel: 2,
    sequenceParallel: true,
    pipelined: true,
    tensor: placeGroup(4, 1, cluster),
    context: placeGroup(2, 4, cluster),
    expert: placeGroup(8, 2, cluster),
    expertTensor: placeGroup(2, 1, cluster),
  });
  expect(scopeOf(small()).pipelined).toBe(false);
});

test('Megatron’s GPTs train with dropout; what has an RMSNorm does not, nor what FSDP and nanotron train', () => {
  expect(scopeOf(small()).dropout).toBe(true);
  expect(scopeOf(small({ framework: 'deepspeed' })).dropout).toBe(true);
  expect(scopeOf(small({ model: LLAMA3_8B })).dropout).toBe(false);
  expect(scopeOf(small({ framework: 'fsdp' })).dropout).toBe(false);
  expect(scopeOf(small({ framework: 'nanotron' })).dropout).toBe(false);
});

test('a machine is worked out, or shared by many scenarios', () => {
  const scenario = small();
  const machine = machineOf(scenario.cluster, 'fp16');
  expect(scopeOf(scenario, machine).machine).toBe(machine);
  expect(scopeOf(scenario).machine).toEqual(machineOf(scenario.cluster, 'bf16'));
});
