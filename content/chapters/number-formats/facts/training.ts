import { FLOAT_FORMATS, gradientFates, largestLossScale, spacing, type FloatFormatId } from '#estimator';
import { gpuById } from '#catalog';
import { published } from '../published.ts';
import { plain, ratio, real, type Fact } from './shared.ts';
import type { Scenario } from '#scenario';

const f = FLOAT_FORMATS;
const rate = published.learningRate.value;
const weight = published.weight.value;

const peak = (
  gpu: string,
  format: 'fp64' | 'fp32' | 'tf32' | 'fp16' | 'bf16' | 'fp8' | 'fp6' | 'fp4',
): number => gpuById(gpu).peak[format] ?? Number.NaN;
const P100 = 'p100-sxm2-16gb';
const V100 = 'v100-sxm2-16gb';
const A100 = 'a100-sxm4-80gb';
const H100 = 'h100-sxm5-80gb';
const B200 = 'b200-sxm-180gb';
const B300 = 'b300-sxm-270gb';

const flushed = ({ values }: Scenario, scale: number, id: FloatFormatId = 'fp16'): number =>
  gradientFates({ median: values.gradMedian, spread: values.gradSpread }, scale, f[id]).flushed;

export const trainingFacts = {
  p100Fp64: () => plain(peak(P100, 'fp64'), 'FLOP/s'),
  p100Fp32: () => plain(peak(P100, 'fp32'), 'FLOP/s'),
  p100Fp16: () => plain(peak(P100, 'fp16'), 'FLOP/s'),
  v100Fp16: () => plain(peak(V100, 'fp16'), 'FLOP/s'),
  v100Gain: () => plain(peak(V100, 'fp16') / peak(P100, 'fp16'), 'factor', 2),
  a100Fp32: () => plain(peak(A100, 'fp32'), 'FLOP/s'),
  a100Tf32: () => plain(peak(A100, 'tf32'), 'FLOP/s'),
  a100Bf16: () => plain(peak(A100, 'bf16'), 'FLOP/s'),
  a100Ratio: () => plain(peak(A100, 'bf16') / peak(A100, 'fp32'), 'factor'),
  h100Bf16: () => plain(peak(H100, 'bf16'), 'FLOP/s'),
  h100Fp8: () => plain(peak(H100, 'fp8'), 'FLOP/s', 4),
  b200Fp4: () => plain(peak(B200, 'fp4'), 'FLOP/s'),
  b300Ratio: () => plain(peak(B300, 'fp4') / peak(B300, 'fp8'), 'factor', 2),
  b300Fp64: () => plain(peak(B300, 'fp64'), 'FLOP/s'),

  weight: () => real(weight),
  learningRate: () => real(rate),
  bf16HalfStep: () => real(spacing(f.bf16, weight) / 2),
  fp16HalfStep: () => real(spacing(f.fp16, weight) / 2),

  ssdSum: () => ratio(published.ssdZero.value + published.ssdKept.value + published.ssdBecameZero.value),
  ssdLostOfNonzero: () => ratio(1 - published.ssdKept.value / (1 - published.ssdZero.value)),
  modelFlushed: (s) => ratio(flushed(s, 1)),
  modelFlushedBy8: (s) => ratio(flushed(s, 8)),
  modelFlushedBy1024: (s) => ratio(flushed(s, 1024)),
  spread: (s) => real(s.values.gradSpread),
  safeScale: (s) =>
    real(largestLossScale({ median: s.values.gradMedian, spread: s.values.gradSpread }, f.fp16, 1e-9)),
} satisfies Record<string, Fact>;
