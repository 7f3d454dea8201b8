import { describe, expect, test } from 'vitest';
import type { Model, TrainingScenario } from '#estimator';
import { memoryRules } from '../../../src/estimator/memory/family-rules.ts';
import { keptTensors } from '../../../src/estimator/memory/kept-tensors.ts';
import { layerMemory } from '../../../src/estimator/memory/layer-memory.ts';
import { training } from './scenarios.ts';
import { DEEPSEEK_V3, gpt, LLAMA3_8B, MIXTRAL } from './shapes.ts';

const sum = (tensors: readonly { bytes: number }[]): number =>
  tensors.reduce((total, { bytes }) => total + bytes, 0);

const kept = (scenario: TrainingScenario, experts = false) =>
  keptTensors(scenario.model, { ...scenario, ...scenario.parallelism }, memoryRules(scenario), experts);

const ofKernel = (scenario: TrainingScenario, kernel: string, experts = false): number =>
  sum(kept(scenario, experts).filter((tensor) => tensor.kernel === kernel));

const layer = (scenario: TrainingScenario, experts = false) =>
  layerMemory(scenario.model, { ...scenario, ...scenario.parallelism }, memoryRules(scenario), experts);

const small = gpt(2, 1024, 16, { sequence: 512 });
const sbh = 512 * 2 * 1024;
const scores = 16 * 512 * 512 * 2;

describe('a GPT layer', () => {
  const plain = { model: small, microBatch: 2 };

  test('keeps sbh(34 + 5as/h) on one GPU', () => {
    expect(sum(kept(training(plain)))).toBe(34 * sbh + 5 * scores);
  });

  test('keeps sbh(10 + 24/t + 5as/ht) under tensor parallelism, and all of it over t with sequence parallelism', () => {
    const split = { tensorParallel: 4 };
    expect(sum(kept(training({ ...plain, parallelism: split })))).toBe(
      10 * sbh + (24 * sbh + 5 * scores) / 4,
    );
    expect(sum(kept(training({ ...plain, parallelism: { ...split, sequenceParallel: true } })))).toBe(
      (34 * sbh + 5 * scores) / 4,
    );
  });

  test('halves with two context-parallel ranks, where each query still meets all keys', () => {
    expect(sum(kept(training({ ...plain, parallelism: { contextParallel: 2 } })))).toBe(
      17 * sbh + 2.5 * scores,
    );
  });

  test('keeps one FP32 number a head and token with FlashAttention', () => {
    expect(sum(kept(training({ ...plain, fusedAttention: true })))).toBe(34 * sbh + 4 * 16 * 512 * 2);
  });

  test('keeps no masks where the family trains without dropout, nor a model after Llama', () => {
    expect(sum(kept(training({ ...plain, framework: 'megatron-core' })))).toBe(32 * sbh + 2 * scores);
    expect(memoryRules(training({ model: LLAMA3_8B })).dropout).toBe(false);
  });

  test('keeps an FP32 and a normalised copy of what two unfused norms read', () => {
    const unfused = training({ ...plain, kernels: { fusedNorm: false } });
    expect(sum(kept(unfused)) - sum(kept(training(plain)))).toBe(12 * sbh);
  });

  test('doubles in FP32, but for masks', () => {
    expect(sum(kept(training({ ...plain, precision: 'fp32' })))).toBe(66 * sbh + 9 * scores);
  });
});

describe('other layers', () => {
  const token = 8192;

  test('grouped-query attention keeps fewer keys and values, none fewer than one head a rank', () => {
    const qkv = (tensorParallel: number) =>
      ofKernel(
        training({
          model: LLAMA3_8B,
          framework: 'fsdp',
          fusedAttention: true,
          parallelism: { tensorParallel },
        }),
        'attention',
      ) -
      (4 * token * 32) / tensorParallel;
    expect(qkv(1)).toBe(2 * token * (4096 + 2 * 1024));
    expect(qkv(16)).toBe((2 * token * (4096 + 2 * 2048)) / 16);
  });

  test('a gated MLP keeps both halves and their product, and the activated half where it is not fused', () => {
    const up = (framework: TrainingScenario['framework']) =>
      ofKernel(training({ model: LLAMA3_8B, framework }), 'mlp-up') - 2 * token * 4096;
    expect(up('megatron-core')).toBe(2 * 2 * token * 14_336);
    expect(up('nanotron')).toBe(3 * 2 * token * 14_336);
    expect(ofKernel(training({ model: LLAMA3_8B }), 'mlp-down')).toBe(2 * token * 14_336);
  });

  test('rotated queries and keys lie beside the unrotated ones where all three are views of one tensor', () => {
    const attention = (framework: TrainingScenario['framework']) =>
      ofKernel(training({ model: LLAMA3_8B, framework, fusedAttention: true }), 'attention');
    expect(attention('nanotron') - attention('megatron-core')).toBe(2 * token * (4096 + 1024));
  });

  test('FP8 keeps GEMM inputs in 8 bits and attention’s output in both formats; torchao keeps 16 bits', () => {
    const fp8 = training({
      model: LLAMA3_8B,
      framework: 'megatron-core',
      precision: 'fp8',
      fusedAttention: true,
    });
    expect(ofKernel(fp8, 'qkv')).toBe(token * 4096);
    expect(ofKernel(fp8, 'attention-output')).toBe(token * 4096);
    expect(ofKernel(fp8, 'mlp-down')).toBe(token * 14_336);
    expect(kept(fp8).find(({ tensor }) => tensor === 'output')?.bytes).toBe(2 * token * 4096);
    expect(ofKernel({ ...fp8, framework: 'fsdp' }, 'mlp-down')).toBe(2 * token * 14_336);
    expect(ofKernel({ ...fp8, precision: 'mxfp8' }, 'mlp-down')).toBe((33 / 32) * token * 14_336);
    expect(ofKernel({ ...fp8, precision: 'nvfp4' }, 'mlp-down')).toBe((9 / 16) * token * 14_336);
  });

  test('FSDP keeps the sequence gathered under tensor parallelism, Megatron gathers it again', () => {
    const input = (framework: TrainingScenario['framework']) =>
      ofKernel(
        training({
          model: LLAMA3_8B,
          framework,
          parallelism: { tensorParallel: 8, sequenceParallel: true },
        }),
        'qkv',
      );
    expect(input('fsdp')).toBe(8 * input('megatron-core'));
  });

  test('latent attention keeps its compressed vectors on every rank', () => {
    const scenario = training({
      model: DEEPSEEK_V3,
      framework: 'megatron-core',
      parallelism: { tensorParallel: 8 },
    });
    const { sequence } = DEEPSEEK_V3;
    expect(kept(scenario).find(({ tensor }) => tensor === 'compressed vectors')?.bytes).toBe(
      2 * sequence * (2 * (1536 + 512) + 64),
    );
    const direct: Model = { ...DEEPSEEK_V3, mla: { ...DEEPSEEK_V3.mla!, queryRank: null } };
    expect(
      kept({ ...scenario, model: direct }).find(({ tensor }) => tensor === 'compressed vectors')?.bytes,
    ).toBe(2 * sequence * (2 * 512 + 64));
  });

  test('windows in all layers bound the scores that are kept', () => {
    const window = { tokens: 128, layers: 2 };
    expect(ofKernel(training({ model: { ...small, window } }), 'attention')).toBe(
      6 * 512 * 1024 + 5 * 16 * 512 * 128,
    );
    expect(ofKernel(training({ model: { ...small, window: { tokens: 128, layers: 1 } } }), 'attention')).toBe(
      6 * 512 * 1024 + 5 * 16 * 512 * 512,
    );
  });

  test('a token leaves its trace in each of the experts it visits', () => {
    const scenario = training({ model: MIXTRAL, framework: 'megatron-core', fusedAttention: true });
    const { sequence, hidden, moe } = MIXTRAL;
    expect(ofKernel(scenario, 'mlp-up', true)).toBe(4 * sequence * moe!.topK * moe!.expertFfn);
    expect(ofKernel(scenario, 'dispatch', true)).toBe(4 * sequence * moe!.topK * hidden);
    expect(ofKernel(scenario, 'router', true)).toBe(sequence * (2 * hidden + 4 * moe!.experts));
  });

  test('a shared expert is an MLP beside the routed ones', () => {
    const scenario = training({ model: DEEPSEEK_V3, framework: 'megatron-core' });
    const without: Model = { ...DEEPSEEK_V3, moe: { ...DEEPSEEK_V3.moe!, sharedExperts: 0 } };
    const { sequence, hidden } = DEEPSEEK_V3;
    expect(sum(kept(scenario, true)) - sum(kept({ ...scenario, model: without }, true))).toBe(
      2 * sequence * (hidden + 3 * 2048),
    );
  });

  test('tensor parallelism inside experts gathers a sequence-parallel rank’s tokens and splits their width', () => {
    const split = (expertTensorParallel: number) =>
      training({
        model: MIXTRAL,
        framework: 'megatron-core',
        parallelism: { tensorParallel: 4, sequenceParallel: true, expertTensorParallel },
      });
    expect(ofKernel(split(4), 'mlp-up', true)).toBe(ofKernel(split(1), 'mlp-up', true));
    const plain = training({
      model: MIXTRAL,
      framework: 'megatron-core',
      parallelism: { tensorParallel: 4, expertTensorParallel: 4 },
    });
    expect(ofKernel(plain, 'mlp-up', true)).toBe(ofKernel(split(4), 'mlp-up', true));
  });
});

describe('recomputation', () => {
  const plain = { model: small, microBatch: 2 };
  const kernelGradients = 2 * (2 * 512 * 2 * 4096) + 2 * 2 * sbh;

  test('selective drops the scores; full keeps the layer’s input', () => {
    expect(layer(training({ ...plain, recompute: 'selective' })).kept).toBe(34 * sbh);
    expect(layer(training({ ...plain, recompute: 'full' })).kept).toBe(2 * sbh);
    const split = { tensorParallel: 4, sequenceParallel: true };
    expect(layer(training({ ...plain, recompute: 'full', parallelism: split })).kept).toBe((2 * sbh) / 4);
  });

  test('what was dropped comes back while the layer’s backward pass runs, beside its gradients', () => {
    const flash = { ...plain, fusedAttention: true };
    expect(layer(training(flash)).backward).toBe(kernelGradients);
    const full = layer(training({ ...flash, recompute: 'full' }));
    expect(full.backward).toBe(full.keptInFull - full.kept + kernelGradients);
  });

  test('gradients of unfused scores can be the widest place', () => {
    const long = gpt(2, 64, 16, { sequence: 4096 });
    expect(layer(training({ model: long })).backward).toBe(2 * (2 * 4096 * 4096 * 16) + 2 * 2 * 4096 * 64);
  });

  test('FSDP’s selective mode keeps every second GEMM’s output and attention’s', () => {
    const scenario = training({
      model: LLAMA3_8B,
      framework: 'fsdp',
      fusedAttention: true,
      recompute: 'selective',
    });
    expect(layer(scenario).kept).toBe(2 * 8192 * (2 * 4096 + 1024 + 14_336 + 2 * 4096));
    const experts = { ...scenario, model: MIXTRAL };
    const { sequence, moe } = MIXTRAL;
    expect(layer(experts, true).kept).toBe(
      2 * sequence * (2 * 4096 + 1024 + moe!.topK * moe!.expertFfn + 2 * 4096),
    );
    const split = { tensorParallel: 2, sequenceParallel: true };
    expect(layer({ ...scenario, parallelism: { ...scenario.parallelism, ...split } }).kept).toBe(
      2 * 8192 * ((2 * 4096 + 1024 + 14_336) / 2 + 4096),
    );
  });

  test('an expert layer’s gradients are those of all visits', () => {
    const { sequence, hidden, moe } = MIXTRAL;
    const scenario = training({ model: MIXTRAL, framework: 'megatron-core', fusedAttention: true });
    expect(layer(scenario, true).backward).toBe(
      2 * (sequence * moe!.topK * (3 * moe!.expertFfn + hidden)) + 2 * 2 * sequence * hidden,
    );
  });
});

test('parameters of a layer: matrices over tensor-parallel ranks, norms whole, experts over their own ranks', () => {
  const dense = layer(training({ model: small, parallelism: { tensorParallel: 4 } }));
  expect(dense.parameters).toBe((12 * 1024 ** 2 + 9 * 1024) / 4 + 4 * 1024);
  const { hidden, moe } = MIXTRAL;
  const split = { tensorParallel: 2, expertParallel: 4, expertTensorParallel: 2 };
  const experts = layer(training({ model: MIXTRAL, parallelism: split }), true);
  expect(experts.expertParameters).toBe((8 * 3 * hidden * moe!.expertFfn) / 8);
  expect(experts.parameters).toBe((2 * hidden ** 2 + 2 * hidden * 1024) / 2 + 2 * hidden + hidden * 8);
});
