import { describe, expect, test } from 'vitest';
import { gpuById } from '#catalog';
import {
  attainableRate,
  gemmSeconds,
  kernelFormat,
  kernelWork,
  ridgePoint,
  roofline,
  type Gpu,
  type RooflineKernel,
} from '#estimator';
import { fusedAttentionSeconds } from '../../../../src/estimator/kernels/attention.ts';
import { separateAttentionSeconds } from '../../../../src/estimator/kernels/separate-attention.ts';
import { STEP } from '../../../../src/estimator/step/constants.ts';

const a100 = gpuById('a100-sxm4-80gb');
const h100 = gpuById('h100-sxm5-80gb');
const p100 = gpuById('p100-sxm2-16gb');
const value = <T>(outcome: { ok: true; value: T } | { ok: false }): T => {
  if (!outcome.ok) throw new Error('There is no answer.');
  return outcome.value;
};

describe('the roof', () => {
  test('turns flat where the peak meets the memory', () => {
    const ridge = value(ridgePoint(a100, 'bf16'));
    expect(ridge).toBeCloseTo(312e12 / 2.039e12, 9);
    expect(value(attainableRate(a100, 'bf16', ridge / 2))).toBeCloseTo(156e12, -3);
    expect(value(attainableRate(a100, 'bf16', ridge * 2))).toBe(312e12);
  });

  test('does not exist in a format that the card lacks', () => {
    expect(ridgePoint(a100, 'fp8')).toMatchObject({ ok: false, issues: [{ path: 'precision' }] });
    expect(attainableRate(a100, 'fp8', 1)).toMatchObject({ ok: false, issues: [{ path: 'precision' }] });
  });
});

describe('the work of a kernel', () => {
  test('of a matrix product is 2mnk, and each operand once', () => {
    expect(kernelWork({ kind: 'gemm', m: 64, n: 8192, k: 4096 }, 'fp16')).toEqual({
      flops: 2 * 64 * 8192 * 4096,
      bytes: 2 * (64 * 4096 + 4096 * 8192 + 64 * 8192),
    });
  });

  test('of attention in one kernel is half of the scores, with four arrays moved', () => {
    const { flops, bytes } = kernelWork({ kind: 'attention', m: 2048, n: 12_288 }, 'bf16');
    expect(flops).toBe(2 * 2048 ** 2 * 12_288);
    expect(flops / bytes).toBe(2048 / 4);
  });

  test('of attention with its scores in memory is all of them, moved four times', () => {
    const { flops, bytes } = kernelWork({ kind: 'separate-attention', m: 2048, n: 128 }, 'bf16');
    expect(flops).toBe(4 * 2048 ** 2 * 128);
    expect(bytes).toBe(2 * (4 * 2048 * 128 + 4 * 2048 ** 2));
  });

  test('of a sum is one addition for three moves', () => {
    const sum: RooflineKernel = { kind: 'residual', m: 10, n: 10 };
    expect(kernelWork(sum, 'bf16')).toEqual({ flops: 100, bytes: 600 });
    expect(kernelWork(sum, 'fp32')).toEqual({ flops: 100, bytes: 1200 });
  });
});

describe('a kernel under its roof', () => {
  test('takes the estimator’s own time when it is a matrix product', () => {
    const point = value(roofline({ kind: 'gemm', m: 2048, n: 12_288, k: 12_288 }, 'bf16', a100));
    expect(point.seconds).toBe(gemmSeconds(2048, 12_288, 12_288, 'bf16', a100));
    expect(point).toMatchObject({ side: 'compute', attainable: 312e12 });
    expect(point.gemm?.bound).toBe('compute');
    expect(point.rate).toBe(point.flops / point.seconds);
    expect(point.leastSeconds).toBeLessThan(point.seconds);
  });

  test('waits for memory when it decodes one token', () => {
    const point = value(roofline({ kind: 'gemm', m: 1, n: 12_288, k: 12_288 }, 'bf16', a100));
    expect(point.side).toBe('memory');
    expect(point.intensity).toBeCloseTo(1, 3);
    expect(point.attainable).toBeCloseTo(point.intensity * a100.memoryBandwidth, 0);
  });

  test('has no tiles when it is no matrix product, and is never faster than its roof', () => {
    for (const gpu of [p100, a100, h100])
      for (const kind of ['attention', 'separate-attention', 'residual'] as const) {
        const point = value(roofline({ kind, m: 4096, n: 4096 }, 'fp16', gpu));
        expect(point.gemm).toBeNull();
        expect(point.rate).toBeLessThan(point.attainable);
      }
  });

  test('takes the time of its kernels: launches, and what streams or computes for longer', () => {
    const seconds = (kernel: RooflineKernel, gpu: Gpu) => value(roofline(kernel, 'bf16', gpu)).seconds;
    const streaming = (bytes: number, gpu: Gpu) => bytes / (gpu.memoryBandwidth * STEP.streamingShare);
    // Two heads' arrays of a thousand tokens, and two tokens of many heads.
    for (const gpu of [a100, h100]) {
      const flash = gpu === h100 ? 'flash-3' : 'flash-2';
      expect(seconds({ kind: 'residual', m: 1000, n: 256 }, gpu)).toBe(
        streaming(6 * 1000 * 256, gpu) + STEP.kernelGap,
      );
      expect(seconds({ kind: 'attention', m: 2, n: 2 ** 20 }, gpu)).toBe(
        streaming(8 * 2 * 2 ** 20, gpu) + STEP.kernelGap,
      );
      const long = { m: 16_384, n: 256 };
      expect(seconds({ kind: 'attention', ...long }, gpu)).toBeCloseTo(
        fusedAttentionSeconds(gpu, flash, 'forward', 16_384 ** 2, 128, 128, 8192) + STEP.kernelGap,
        12,
      );
      expect(seconds({ kind: 'separate-attention', ...long }, gpu)).toBeCloseTo(
        separateAttentionSeconds(gpu, 'fused-softmax', 'forward', 2 * 16_384, 16_384, 128, 128) +
          3 * STEP.kernelGap,
        12,
      );
    }
  });

  test('runs in 16 bits in everything but the product, in FP32 on a card from before', () => {
    const narrow = roofline({ kind: 'attention', m: 4096, n: 4096 }, 'fp8', h100);
    expect(narrow).toEqual(roofline({ kind: 'attention', m: 4096, n: 4096 }, 'bf16', h100));
    expect([h100, p100, gpuById('k20x-pcie-6gb')].map(kernelFormat)).toEqual(['bf16', 'fp16', 'fp32']);
  });

  test('says which number is at fault', () => {
    expect(roofline({ kind: 'gemm', m: 0, n: 8, k: 1.5 }, 'bf16', a100)).toMatchObject({
      ok: false,
      issues: [{ path: 'm' }, { path: 'k' }],
    });
    expect(roofline({ kind: 'residual', m: 8, n: -1 }, 'bf16', a100)).toMatchObject({
      ok: false,
      issues: [{ path: 'n' }],
    });
    expect(roofline({ kind: 'gemm', m: 8, n: 8, k: 8 }, 'fp8', a100)).toMatchObject({
      ok: false,
      issues: [{ path: 'precision' }],
    });
  });
});
