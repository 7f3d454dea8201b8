import type { Format, Gpu } from '../types.ts';
export const GEMM_K = { eff: { ampere: 0.86, hopper: 0.72, blackwell: 0.72 } as Record<string, number>, k0: 256, launch: 3e-6, hbm: 0.85, fp8: 0.9, fp4: 0.7 };
const gen = (gpu: Gpu) => gpu.architecture.startsWith('Blackwell') ? 'blackwell' : gpu.architecture.startsWith('Hopper') ? 'hopper' : 'ampere';
/** placeholder until the calibrated model is merged */
export function gemmSeconds(m: number, n: number, k: number, format: Format, gpu: Gpu): number {
  const tm = 128, tn = m >= 256 && n >= 256 ? 256 : 128;
  const tiles = Math.ceil(m / tm) * Math.ceil(n / tn);
  const waves = Math.ceil(tiles / gpu.sms);
  const q = (m * n) / (tm * tn) / gpu.sms / waves;
  const soft = Math.max(q, q * 0.5 + 0.5 * Math.min(1, tiles / gpu.sms));
  let eff = GEMM_K.eff[gen(gpu)]!;
  if (format === 'fp8') eff *= GEMM_K.fp8;
  if (format === 'fp4') eff *= GEMM_K.fp4;
  const peak = gpu.peak[format] ?? gpu.peak.bf16 ?? gpu.peak.fp16!;
  const compute = (2 * m * n * k) / (peak * eff * soft * (k / (k + GEMM_K.k0)));
  const b = format === 'fp8' ? 1 : format === 'fp4' ? 0.5 : 2;
  const bytes = (m * k + n * k) * b + m * n * 2;
  return Math.max(compute, bytes / (gpu.memoryBandwidth * GEMM_K.hbm)) + GEMM_K.launch;
}
