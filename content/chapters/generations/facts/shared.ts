import { gpuById, type GpuRecord } from '#catalog';
import {
  rateGrowth,
  ridgePoint,
  roofline,
  valueOrThrow,
  type Format,
  type RateGrowth,
  type RooflineKernel,
} from '#estimator';
import type { Quantity, Unit } from '#format';

export type { Fact } from '../../shared.ts';

export const k20x = gpuById('k20x-pcie-6gb');
export const p100 = gpuById('p100-sxm2-16gb');
export const v100 = gpuById('v100-sxm2-16gb');
export const t4 = gpuById('t4-pcie-16gb');
export const a100 = gpuById('a100-sxm4-80gb');
export const a100Small = gpuById('a100-sxm4-40gb');
export const a800 = gpuById('a800-sxm4-80gb');
export const h100 = gpuById('h100-sxm5-80gb');
export const h200 = gpuById('h200-sxm5-141gb');
export const h800 = gpuById('h800-sxm5-80gb');
export const h20 = gpuById('h20-sxm5-96gb');
export const b200 = gpuById('b200-sxm-180gb');
export const b300 = gpuById('b300-sxm-270gb');
export const gb300 = gpuById('gb300-nvl72-279gb');
export const rubin = gpuById('rubin-nvl72-288gb');

export const plain = (value: number, unit: Unit, digits?: number): Quantity =>
  digits === undefined ? { value, unit } : { value, unit, digits };
export const times = (value: number, digits?: number): Quantity => plain(value, 'factor', digits);
export const number = (value: number, digits = 3): Quantity => ({
  value,
  unit: 'factor',
  as: 'number',
  digits,
});
export const ratio = (value: number, digits?: number): Quantity => plain(value, 'ratio', digits);

/** The dense peak; a card without the format is a fault of ours. */
export function peak(gpu: GpuRecord, format: Format): number {
  const rate = gpu.peak[format];
  if (rate === undefined) throw new Error(`${gpu.name} has no ${format}.`);
  return rate;
}

export function ridge(gpu: GpuRecord, format: Format = 'fp16'): number {
  return valueOrThrow(ridgePoint(gpu, format));
}

export function growth(from: GpuRecord, a: Format, to: GpuRecord, b: Format, sparse = false): RateGrowth {
  return valueOrThrow(rateGrowth({ gpu: from, format: a }, { gpu: to, format: b }, sparse));
}

export function point(kernel: RooflineKernel, gpu: GpuRecord, format: Format = 'fp16') {
  return valueOrThrow(roofline(kernel, format, gpu));
}

/** FLOP of one SM in one clock, at the clock behind the peak. */
export function perClock(gpu: GpuRecord, format: Format): number {
  const clock = format === 'fp32' || format === 'fp64' ? gpu.clock : (gpu.tensorClock ?? gpu.clock);
  return peak(gpu, format) / gpu.sms / clock;
}
