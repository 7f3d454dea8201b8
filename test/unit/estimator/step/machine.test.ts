import { describe, expect, test } from 'vitest';
import type { Gpu, TrainingPrecision } from '#estimator';
import { joulesPerFlop } from '../../../../src/estimator/kernels/energy.ts';
import { STEP } from '../../../../src/estimator/step/constants.ts';
import { gemmFormat, machineOf, wideFormat } from '../../../../src/estimator/step/machine.ts';
import { A800, H100 } from '../shapes.ts';
import { small } from './made.ts';

const B200: Gpu = { ...H100, architecture: 'Blackwell', peak: { ...H100.peak, fp4: 1e16 } };
const V100: Gpu = { ...A800, architecture: 'Volta', peak: { fp32: 15.7e12, fp16: 125e12 } };

describe('the format of a precision’s matrix products', () => {
  test.each([
    ['bf16', A800, 'bf16', 'bf16'],
    ['fp16', A800, 'fp16', 'fp16'],
    ['fp32', A800, 'tf32', 'tf32'],
    ['fp32', V100, 'fp32', 'fp32'],
    ['fp8', H100, 'fp8', 'bf16'],
    ['mxfp8', B200, 'fp8', 'bf16'],
    ['nvfp4', B200, 'fp4', 'bf16'],
  ] as const)('%s', (precision, gpu, narrow, wide) => {
    expect(gemmFormat(gpu, precision)).toBe(narrow);
    expect(wideFormat(gpu, precision)).toBe(wide);
  });

  test('what stays wide beside 8 bits is FP16 where there is no BF16', () => {
    expect(wideFormat(V100, 'fp8')).toBe('fp16');
  });
});

describe('a machine', () => {
  const of = (gpu: Gpu, precision: TrainingPrecision) => machineOf({ ...small().cluster, gpu }, precision);

  test('casts operands from 16 bits to 8 and 4, and no others', () => {
    expect(of(H100, 'fp8').casts).toBe(true);
    expect(of(B200, 'nvfp4').casts).toBe(true);
    expect(of(H100, 'bf16').casts).toBe(false);
    expect(of(A800, 'fp32').casts).toBe(false);
  });

  test('keeps activations in 16 bits, whatever is multiplied in 8; in 32 with TF32', () => {
    expect(of(H100, 'fp8').element).toBe(2);
    expect(of(H100, 'bf16').element).toBe(2);
    expect(of(A800, 'fp32').element).toBe(4);
  });

  test('streams at a share of its memory bandwidth', () => {
    expect(of(H100, 'bf16').streaming).toBe(H100.memoryBandwidth * STEP.streamingShare);
  });

  test('knows the energy of both its formats', () => {
    const machine = of(H100, 'fp8');
    expect(machine.joules).toBe(joulesPerFlop(H100, 'fp8'));
    expect(machine.wideJoules).toBe(joulesPerFlop(H100, 'bf16'));
    expect(machine).toMatchObject({ gpu: H100, format: 'fp8', wideFormat: 'bf16' });
  });
});
