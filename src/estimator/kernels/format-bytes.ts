import type { Format } from '../types.ts';

/** Bytes of one element in memory; TF32 is stored as FP32. Scales of block formats (1/32 to 1/8 more) are left out. */
export const FORMAT_BYTES: Readonly<Record<Format, number>> = {
  fp64: 8,
  fp32: 4,
  tf32: 4,
  fp16: 2,
  bf16: 2,
  fp8: 1,
  int8: 1,
  fp6: 0.75,
  fp4: 0.5,
};
