import { describe, expect, test } from 'vitest';
import type { Gpu } from '#estimator';
import {
  EXPONENTIALS_PER_CLOCK,
  FLASH_SHARES,
  fusedAttentionSeconds,
} from '../../../../src/estimator/kernels/attention.ts';
import { A800, H100 } from '../shapes.ts';

const SCORES = 1e9;
const KEYS = 4096;
type Flash = 'flash-1' | 'flash-2' | 'flash-3';
const time = (
  gpu: Gpu,
  over: {
    kernel?: Flash;
    pass?: 'forward' | 'backward';
    scores?: number;
    query?: number;
    value?: number;
    keys?: number;
  } = {},
) =>
  fusedAttentionSeconds(
    gpu,
    over.kernel ?? 'flash-2',
    over.pass ?? 'forward',
    over.scores ?? SCORES,
    over.query ?? 128,
    over.value ?? 128,
    over.keys ?? KEYS,
  );

/** Scores with the half tile that each row of queries computes beyond its diagonal. */
const computed = (keys = KEYS) => SCORES * (1 + 64 / keys);
const exponentials = ({ sms, clock }: Gpu, perClock = EXPONENTIALS_PER_CLOCK) =>
  computed() / (perClock * sms * clock);

describe('fused attention', () => {
  test('forward is two products of a head’s width at a share of the peak, and the exponentials', () => {
    const rate = 312e12 * FLASH_SHARES['Ampere']!['flash-2'];
    expect(time(A800)).toBeCloseTo((2 * computed() * 256) / rate + exponentials(A800), 12);
    expect(time(A800, { query: 192, value: 64 })).toBeCloseTo(time(A800), 12);
  });

  test('backward is five products, three of the queries’ width and two of the values’, a little slower', () => {
    const products = (pass: 'forward' | 'backward', query: number, value: number) =>
      time(A800, { pass, query, value }) - exponentials(A800);
    const slower = products('backward', 128, 128) / ((5 / 2) * products('forward', 128, 128));
    expect(slower).toBeGreaterThan(1);
    expect(slower).toBeLessThan(1.5);
    expect(products('backward', 192, 128) / products('backward', 128, 128)).toBeCloseTo(
      (3 * 192 + 2 * 128) / (5 * 128),
      9,
    );
  });

  test('takes time in proportion to scores', () => {
    expect(time(H100, { scores: 3 * SCORES })).toBeCloseTo(3 * time(H100), 12);
  });

  test('of short rows wastes more of their last tile', () => {
    expect(time(A800, { keys: 64 }) / time(A800, { keys: 1e9 })).toBeCloseTo(2, 6);
  });

  test('has better kernels from one FlashAttention to the next, and on Hopper a third that Ampere lacks', () => {
    const seconds = (gpu: Gpu) =>
      (['flash-1', 'flash-2', 'flash-3'] as const).map((kernel) => time(gpu, { kernel }));
    const [one, two, three] = seconds(H100);
    expect(one).toBeGreaterThan(two!);
    expect(two).toBeGreaterThan(three!);
    const ampere = seconds(A800);
    expect(ampere[0]).toBeGreaterThan(ampere[1]!);
    expect(ampere[2]).toBe(ampere[1]);
  });

  test('of Rubin is taken for Blackwell Ultra’s, of older parts for Ampere’s', () => {
    const as = (architecture: string, gpu = H100) => time({ ...gpu, architecture }, { kernel: 'flash-3' });
    expect(as('Rubin')).toBe(as('Blackwell Ultra'));
    expect(as('Volta')).toBe(as('Ampere'));
    expect(as('Hopper')).not.toBe(as('Blackwell'));
    expect(as('Blackwell')).not.toBe(as('Ampere'));
  });

  test('on Blackwell Ultra has twice the exponentials', () => {
    const ultra = { ...H100, architecture: 'Blackwell Ultra' };
    const plain = { ...H100, architecture: 'Blackwell' };
    expect(time(plain) - time(ultra)).toBeCloseTo(exponentials(H100) / 2, 12);
  });

  test('runs at the peak of BF16, else FP16, else FP32, and never where there is none', () => {
    const of = (peak: Gpu['peak']) => time({ ...A800, peak }) - exponentials(A800);
    expect(of({ bf16: 1e14, fp16: 2e14, fp32: 3e14 })).toBeCloseTo(2 * of({ fp16: 2e14, fp32: 3e14 }), 9);
    expect(of({ fp32: 1e14 })).toBeCloseTo(of({ bf16: 1e14 }), 9);
    expect(of({ fp8: 1e15 })).toBe(Infinity);
  });

  test('no share of a peak is more than all of it', () => {
    for (const shares of Object.values(FLASH_SHARES))
      for (const share of Object.values(shares)) {
        expect(share).toBeGreaterThan(0);
        expect(share).toBeLessThanOrEqual(1);
      }
  });
});
