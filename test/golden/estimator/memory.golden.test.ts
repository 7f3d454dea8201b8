import { describe, expect, test } from 'vitest';
import {
  deepspeedEstimate,
  equations,
  evaluate,
  GIB,
  layersOnlyMemory,
  memoryPerGpu,
  type Model,
} from '#estimator';
import {
  gatheredBytes,
  gradientBytes,
  optimizerBytes,
  weightBytes,
} from '../../../src/estimator/memory/stage-bytes.ts';
import { training } from '../../unit/estimator/scenarios.ts';
import { gpt, GPT3 } from '../../unit/estimator/shapes.ts';

describe('Korthikanti 2022 (arXiv 2205.05198), figure 1, GiB a GPU, tensor parallel 8 (tolerance: none, every printed digit)', () => {
  const rows: [string, Model, number, number, number, number, number, number][] = [
    ['22B', gpt(48, 6144, 64), 1, 1, 4, 45.5625, 59.25, 9.5625],
    ['175B', GPT3, 8, 3, 1, 45.5625, 66.84375, 12.3515625],
    ['530B', gpt(105, 20_480, 128), 35, 3, 1, 31.640625, 114.0234375, 23.076171875],
    ['1T', gpt(128, 25_600, 160), 64, 1, 1, 32.958984375, 131.25, 26.5625],
  ];
  test.each(rows)('%s', (_, model, pipelineParallel, virtualPipeline, microBatch, state, plain, sparing) => {
    const parallelism = { tensorParallel: 8, pipelineParallel, virtualPipeline };
    const none = training({ model, microBatch, parallelism });
    const selective = training({
      model,
      microBatch,
      parallelism: { ...parallelism, sequenceParallel: true },
      recompute: 'selective',
    });
    expect(layersOnlyMemory(none)).toEqual({ state: state * GIB, activations: plain * GIB });
    expect(layersOnlyMemory(selective)).toEqual({ state: state * GIB, activations: sparing * GIB });
  });

  test('what a GPU truly holds is more: GPT-3’s first stage has 1/8 of 51,200 + 2,048 rows of 12,288 and biases and norms', () => {
    const parallelism = { tensorParallel: 8, pipelineParallel: 8, virtualPipeline: 3 };
    const { parts } = memoryPerGpu(training({ parallelism })).stages[0]!;
    const layer = (12 * 12_288 ** 2 + 3 * 12_288 + 12_288 + 5 * 12_288) / 8 + 4 * 12_288;
    const own = 12 * layer + (51_200 * 12_288) / 8 + 2048 * 12_288;
    expect((parts.weights + parts.gradients + parts.optimizer) / 18).toBeCloseTo(own, 3);
  });
});

test('DeepSpeed’s ZeRO-3 estimator, DeepSpeed#4527: 29.01 GiB for 6,805M parameters, largest layer 131M, on 4 GPUs (tolerance: rounding)', () => {
  const recipe = { weights: 2, gradients: 4, optimizer: 12, gathered: 2 } as Parameters<
    typeof weightBytes
  >[0];
  const groups = { zeroStage: 3, shards: 4, expertShards: 4 } as const;
  const states = [weightBytes, gradientBytes, optimizerBytes].map((bytes) =>
    bytes(recipe, 6805e6, 0, groups),
  );
  const total = states.reduce((sum, bytes) => sum + bytes, gatheredBytes(recipe, 131e6));
  expect((total / GIB).toFixed(2)).toBe('29.01');
});

test('Megatron’s distributed optimizer: 6 + 12/d bytes a parameter, with FP32 gradients (tolerance: none)', () => {
  const scenario = training({
    model: GPT3,
    framework: 'megatron-core',
    gradientFormat: 'fp32',
    parallelism: { tensorParallel: 8, pipelineParallel: 16, zeroStage: 1 },
    dp: 8,
  });
  expect(layersOnlyMemory(scenario).state).toBe((6 + 12 / 8) * ((12 * 96 * 12_288 ** 2) / 128));
});

test('DeepSpeed’s estimators, by their own formula: 29.01 GiB with ZeRO-3 (DeepSpeed#4527), 2N more with ZeRO-2 (tolerance: rounding)', () => {
  const asked = { parameters: 6805e6, largestLayer: 131e6, gpus: 4 };
  expect((deepspeedEstimate(3, asked) / GIB).toFixed(2)).toBe('29.01');
  expect(deepspeedEstimate(3, asked)).toBe(Math.trunc((18 * 6805e6) / 4) + 4 * 131e6);
  expect(deepspeedEstimate(2, asked)).toBe(Math.trunc((18 * 6805e6) / 4) + 2 * 6805e6);
  const values = { storedParameters: 6805e6, largestLayer: 131e6, shards: 4 };
  expect(evaluate(equations.deepspeedZero3, values)).toBeCloseTo(deepspeedEstimate(3, asked), -1);
});
