import type { Format, Gpu } from '../types.ts';
export const GEMM_K = { eff: { ampere: 0.78, hopper: 0.7, blackwell: 0.8 } as Record<string, number>, k0: 256, launch: 3e-6, hbm: 0.85, fp8: 0.52, fp4: 0.27, pj: { ampere: 1.4e-12, hopper: 1.12e-12, blackwell: 0.88e-12 } as Record<string, number> };
const gen = (gpu: Gpu) => gpu.architecture.startsWith('Blackwell') ? 'blackwell' : gpu.architecture.startsWith('Hopper') ? 'hopper' : 'ampere';
/** placeholder until the calibrated model is merged */
export function gemmSeconds(m: number, n: number, k: number, format: Format, gpu: Gpu): number {
  const tm = 128, tn = m >= 256 && n >= 256 ? 256 : 128;
  const tiles = Math.ceil(m / tm) * Math.ceil(n / tn);
  const waves = Math.ceil(tiles / gpu.sms);
  const q = (m * n) / (tm * tn) / gpu.sms / waves;
  const soft = Math.max(q, q * 0.5 + 0.5 * Math.min(1, tiles / gpu.sms));
  const e = GEMM_K.pj[gen(gpu)]! * (format === 'fp8' ? GEMM_K.fp8 : format === 'fp4' ? GEMM_K.fp4 : 1);
  const peak = gpu.peak[format] ?? gpu.peak.bf16 ?? gpu.peak.fp16!;
  // kernel's own limit (quantisation counts against the peak), and the power limit
  const kernel = peak * GEMM_K.eff[gen(gpu)]! * soft * (k / (k + GEMM_K.k0));
  const compute = (2 * m * n * k) / Math.min(kernel, gpu.power / e);
  const b = format === 'fp8' ? 1 : format === 'fp4' ? 0.5 : 2;
  const bytes = (m * k + n * k) * b + m * n * 2;
  return Math.max(compute, bytes / (gpu.memoryBandwidth * GEMM_K.hbm)) + GEMM_K.launch;
}
