import type { Format, Gpu } from '../types.ts';
export const ENERGY = { pj: { ampere: 1.40e-12, hopper: 1.14e-12, blackwell: 8.47e-13 } as Record<string, number>, fp8: 0.546, fp4: 0.240 };
const gen = (gpu: Gpu) => gpu.architecture.startsWith('Blackwell') ? 'blackwell' : gpu.architecture.startsWith('Hopper') ? 'hopper' : 'ampere';
export const joulesPerFlop = (gpu: Gpu, format: Format): number => ENERGY.pj[gen(gpu)]! * (format === 'fp8' ? ENERGY.fp8 : format === 'fp4' ? ENERGY.fp4 : 1);
