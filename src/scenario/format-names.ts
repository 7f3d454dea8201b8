import type { Format } from '#estimator';

const FORMAT_NAMES: Readonly<Record<Format, string>> = {
  fp64: 'FP64', fp32: 'FP32', tf32: 'TF32', fp16: 'FP16', bf16: 'BF16', fp8: 'FP8', fp6: 'FP6', fp4: 'FP4', int8: 'INT8',
}; // prettier-ignore

/** A number format as it is written: `BF16`. */
export function formatName(format: Format): string {
  return FORMAT_NAMES[format];
}
