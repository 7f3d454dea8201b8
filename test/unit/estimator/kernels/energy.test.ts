import { describe, expect, test } from 'vitest';
import { gpus } from '#catalog';
import type { Gpu } from '#estimator';
import {
  ENERGY_BY_FORMAT,
  JOULES_PER_FLOP,
  joulesPerFlop,
} from '../../../../src/estimator/kernels/energy.ts';
import { A800, H100 } from '../shapes.ts';

const of = (architecture: string, format: Parameters<typeof joulesPerFlop>[1] = 'bf16') =>
  joulesPerFlop({ ...H100, architecture }, format);

describe('the energy of a FLOP', () => {
  test('falls from one architecture to the next', () => {
    expect(of('Hopper')).toBe(JOULES_PER_FLOP['Hopper']);
    expect(of('Ampere')).toBe(JOULES_PER_FLOP['Ampere']);
    expect(of('Ampere')).toBeGreaterThan(of('Hopper'));
    expect(of('Hopper')).toBeGreaterThan(of('Blackwell'));
  });

  test('of parts without one of their own is Ampere’s before and Blackwell’s after', () => {
    for (const older of ['Pascal', 'Volta', 'Turing']) expect(of(older)).toBe(of('Ampere'));
    expect(of('Blackwell Ultra')).toBe(of('Blackwell'));
  });

  test('of Rubin, of which no run is published, leaves it the share of its peak that Blackwell’s boards hold', () => {
    const share = (gpu: Gpu, format: 'bf16' | 'fp8' | 'fp4') =>
      gpu.power / joulesPerFlop(gpu, format) / gpu.peak[format]!;
    const boards = gpus.filter(({ architecture }) => architecture.startsWith('Blackwell'));
    const mean = boards.reduce((sum, gpu) => sum + share(gpu, 'bf16'), 0) / boards.length;
    const rubin = gpus.find(({ architecture }) => architecture === 'Rubin')!;
    for (const format of ['bf16', 'fp8', 'fp4'] as const)
      expect(share(rubin, format)).toBeCloseTo(Math.round(mean * 100) / 100, 12);
    expect(boards).toHaveLength(4);
    const { fp8: _, ...narrower } = rubin.peak;
    expect(joulesPerFlop({ ...rubin, peak: narrower }, 'fp8')).toBe(of('Ampere', 'fp8'));
  });

  test('falls with the width of the format, and is the same for both of 16 bits', () => {
    const widths = (['fp32', 'bf16', 'fp8', 'fp4'] as const).map((format) => of('Blackwell', format));
    expect(widths).toEqual([...widths].sort((a, b) => b - a));
    expect(new Set(widths).size).toBe(4);
    expect(of('Hopper', 'fp16')).toBe(of('Hopper', 'bf16'));
  });

  test('with 8 bits is the table’s share, with TF32 and FP32 twice that of 16 bits', () => {
    expect(of('Hopper', 'fp8')).toBe(ENERGY_BY_FORMAT.fp8! * of('Hopper'));
    for (const wide of ['tf32', 'fp32'] as const) expect(of('Ampere', wide)).toBe(2 * of('Ampere'));
  });

  test('leaves a sustained rate below the peak of an A100 and an H100, and above half of it', () => {
    const share = (gpu: Gpu, power: number) => power / joulesPerFlop(gpu, 'bf16') / gpu.peak.bf16!;
    for (const rate of [share(A800, 400), share(H100, 700)]) {
      expect(rate).toBeLessThan(1);
      expect(rate).toBeGreaterThan(0.5);
    }
  });
});
