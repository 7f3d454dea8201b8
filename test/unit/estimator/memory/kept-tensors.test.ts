import { expect, test } from 'vitest';
import type { TrainingScenario } from '#estimator';
import { memoryRules } from '../../../../src/estimator/memory/family-rules.ts';
import { keptTensors } from '../../../../src/estimator/memory/kept-tensors.ts';
import { training } from '../scenarios.ts';
import { DEEPSEEK_V3, gpt, LLAMA3_8B } from '../shapes.ts';

const kept = (scenario: TrainingScenario, experts = false) =>
  keptTensors(scenario.model, { ...scenario, ...scenario.parallelism }, memoryRules(scenario), experts);
const names = (scenario: TrainingScenario, experts = false) =>
  kept(scenario, experts).map(({ kernel, tensor }) => `${kernel}: ${tensor}`);
const bytesOf = (scenario: TrainingScenario, name: string, experts = false) =>
  kept(scenario, experts).find(({ kernel, tensor }) => `${kernel}: ${tensor}` === name)?.bytes;

const small = gpt(2, 1024, 16, { sequence: 512 });

test('a GPT layer names what it keeps in the order of Korthikanti 2022, section 4.1', () => {
  expect(names(training({ model: small }))).toEqual([
    'attention-norm: input',
    'qkv: input',
    'attention: queries, keys and values',
    'attention: softmax, mask and dropped scores',
    'attention-output: input',
    'attention-output: dropout mask',
    'mlp-norm: input',
    'mlp-up: input',
    'mlp-up: output',
    'mlp-down: input',
    'mlp-down: dropout mask',
  ]);
});

test('a layer of experts with latent attention names what it keeps, and nothing of what it has not', () => {
  const scenario = training({
    model: DEEPSEEK_V3,
    framework: 'megatron-core',
    precision: 'fp8',
    fusedAttention: true,
    kernels: { fusedNorm: false },
  });
  expect(names(scenario, true)).toEqual([
    'attention-norm: input',
    'attention-norm: between the kernels',
    'qkv: input',
    'qkv: compressed vectors',
    'attention: queries, keys and values',
    'attention: output',
    'attention: log-sum-exp',
    'attention-output: input',
    'mlp-norm: input',
    'mlp-norm: between the kernels',
    'router: input',
    'router: probabilities',
    'dispatch: expert inputs',
    'mlp-up: output',
    'mlp-down: input',
    'dispatch: expert outputs',
    'mlp-up: input',
    'mlp-up: output',
    'mlp-down: input',
  ]);
});

test('latent attention’s heads are as wide as what queries meet and what values bring', () => {
  const scenario = training({ model: DEEPSEEK_V3, framework: 'megatron-core', fusedAttention: true });
  const split = { ...scenario, parallelism: { ...scenario.parallelism, tensorParallel: 4 } };
  const tokens = DEEPSEEK_V3.sequence;
  const bytes = 2 * tokens * 128 * (2 * (128 + 64) + 128);
  expect(bytesOf(scenario, 'attention: queries, keys and values')).toBe(bytes);
  expect(bytesOf(split, 'attention: queries, keys and values')).toBe(bytes / 4);
  expect(bytesOf(split, 'attention-output: input')).toBe((2 * tokens * 128 * 128) / 4);
});

test('latent vectors and what rotates come whole to every tensor-parallel rank, heads in parts', () => {
  const nanotron = training({
    model: LLAMA3_8B,
    framework: 'nanotron',
    parallelism: { tensorParallel: 4 },
  });
  expect(bytesOf(nanotron, 'attention: queries and keys before rotation')).toBe(
    (2 * 8192 * (4096 + 1024)) / 4,
  );
  const fp8 = training({
    model: LLAMA3_8B,
    framework: 'megatron-core',
    precision: 'fp8',
    fusedAttention: true,
    parallelism: { tensorParallel: 4 },
  });
  expect(bytesOf(fp8, 'attention: output')).toBe((2 * 8192 * 4096) / 4);
  expect(bytesOf(fp8, 'attention-output: input')).toBe((8192 * 4096) / 4);
});

test('selective recomputation drops what attention computes between its products, fused or not', () => {
  for (const fusedAttention of [true, false])
    expect(
      kept(training({ model: small, fusedAttention }))
        .filter(({ selective }) => selective)
        .map(({ tensor }) => tensor),
    ).toEqual([fusedAttention ? 'log-sum-exp' : 'softmax, mask and dropped scores']);
});

test('a dense layer of a model with experts keeps what a dense model’s layer does', () => {
  const scenario = training({ model: DEEPSEEK_V3, framework: 'megatron-core', fusedAttention: true });
  const { moe: _, ...dense } = DEEPSEEK_V3;
  expect(kept(scenario)).toEqual(kept({ ...scenario, model: dense }));
  expect(names(scenario)).not.toContain('router: input');
});

test('shared experts are split over tensor-parallel ranks', () => {
  const shared = (tensorParallel: number) => {
    const scenario = training({
      model: DEEPSEEK_V3,
      framework: 'megatron-core',
      parallelism: { tensorParallel },
    });
    return kept(scenario, true)
      .filter(({ tensor, kernel }) => kernel === 'mlp-down' && tensor === 'input')
      .at(-1)!.bytes;
  };
  expect(shared(1)).toBe(2 * 4096 * 2048);
  expect(shared(4)).toBe(shared(1) / 4);
});
