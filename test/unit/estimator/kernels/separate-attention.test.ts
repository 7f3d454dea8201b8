import { describe, expect, test } from 'vitest';
import type { Gpu } from '#estimator';
import { separateAttentionSeconds } from '../../../../src/estimator/kernels/separate-attention.ts';
import { STEP } from '../../../../src/estimator/step/constants.ts';
import { A800 } from '../shapes.ts';

type Kernel = 'unfused' | 'fused-softmax';
const ROWS = 32_768;
const KEYS = 2048;
const SCORES = ROWS * KEYS;
const BANDWIDTH = A800.memoryBandwidth * STEP.streamingShare;
/** Peaks so high that only bytes count. */
const bytesOnly: Gpu = { ...A800, peak: { bf16: 1e30 } };
/** Memory so fast that only products count. */
const productsOnly: Gpu = { ...A800, memoryBandwidth: 1e30 };

const time = (gpu: Gpu, kernel: Kernel, pass: 'forward' | 'backward', query = 128, value = 128) =>
  separateAttentionSeconds(gpu, kernel, pass, ROWS, KEYS, query, value);

describe('attention in separate kernels', () => {
  test('writes and reads all scores in 16 bits, for each product and each step between', () => {
    const operands = 2 * ROWS * 128;
    const products = (2 * 2 * (SCORES + operands)) / BANDWIDTH;
    const between = (kernel: Kernel, pass: 'forward' | 'backward', share: number) =>
      ((time(bytesOnly, kernel, pass) - share * products) * BANDWIDTH) / (2 * SCORES);
    expect(between('unfused', 'forward', 1)).toBeCloseTo(14, 9);
    expect(between('unfused', 'backward', 2)).toBeCloseTo(12, 9);
    expect(between('fused-softmax', 'forward', 1)).toBeCloseTo(4.5, 9);
    expect(between('fused-softmax', 'backward', 2)).toBeCloseTo(5.5, 9);
  });

  test('has two products forward and four backward, of masked scores too', () => {
    const forward = time(productsOnly, 'unfused', 'forward');
    // Slower than the peak, but not by half.
    const peak = (2 * 2 * SCORES * 128) / 312e12;
    expect(forward).toBeGreaterThan(peak);
    expect(forward).toBeLessThan(2 * peak);
    expect(time(productsOnly, 'unfused', 'backward')).toBeCloseTo(2 * forward, 9);
    expect(time(productsOnly, 'unfused', 'forward', 64, 128)).toBeCloseTo(0.75 * forward, 9);
    expect(time(productsOnly, 'unfused', 'forward', 128, 64)).toBeCloseTo(0.75 * forward, 9);
  });

  test('takes each product by what bounds it, bytes or FLOPs', () => {
    const slow = time(A800, 'fused-softmax', 'forward');
    expect(slow).toBeGreaterThanOrEqual(time(bytesOnly, 'fused-softmax', 'forward'));
    expect(slow).toBeLessThanOrEqual(
      time(bytesOnly, 'fused-softmax', 'forward') + time(productsOnly, 'fused-softmax', 'forward'),
    );
  });

  test('runs at the peak of BF16, else FP16, else FP32', () => {
    const of = (peak: Gpu['peak']) => time({ ...productsOnly, peak }, 'unfused', 'forward');
    expect(of({ bf16: 1e14, fp16: 2e14, fp32: 3e14 })).toBeCloseTo(2 * of({ fp16: 2e14, fp32: 3e14 }), 9);
    expect(of({ fp32: 1e14 })).toBe(of({ bf16: 1e14 }));
  });
});
