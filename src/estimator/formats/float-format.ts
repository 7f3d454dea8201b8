import type { SourceRef } from '../types.ts';

/** A binary floating-point format with a sign, an exponent and a fraction (the stored part of the significand). */
export interface FloatFormat {
  readonly id: FloatFormatId;
  readonly name: string;
  /** Bits that carry information; TF32 keeps its 19 in a word of 32. */
  readonly bits: number;
  readonly exponentBits: number;
  readonly fractionBits: number;
  readonly bias: number;
  /**
   * What the all-ones exponent means. `ieee`: infinity and NaN. `one-nan`: ordinary numbers, but for the all-ones
   * fraction, which is NaN; no infinity. `none`: ordinary numbers throughout.
   */
  readonly specials: 'ieee' | 'one-nan' | 'none';
  readonly source: SourceRef;
}

export const FLOAT_FORMAT_IDS = [
  'fp64', 'fp32', 'tf32', 'bf16', 'fp16', 'fp8-e5m2', 'fp8-e4m3', 'fp6-e3m2', 'fp6-e2m3', 'fp4-e2m1',
] as const; // prettier-ignore

export type FloatFormatId = (typeof FLOAT_FORMAT_IDS)[number];

type Layout = readonly [name: string, exponentBits: number, fractionBits: number, bias: number];

function layout(
  id: FloatFormatId,
  [name, exponentBits, fractionBits, bias]: Layout,
  specials: FloatFormat['specials'],
  key: string,
  where: string,
): FloatFormat {
  const bits = 1 + exponentBits + fractionBits;
  return { id, name, bits, exponentBits, fractionBits, bias, specials, source: { key, where } };
}

/** The formats that NVIDIA's Tensor Cores take or add up in, widest first. */
export const FLOAT_FORMATS: Readonly<Record<FloatFormatId, FloatFormat>> = {
  fp64: layout('fp64', ['FP64', 11, 52, 1023], 'ieee', 'ieee754-2019', 'table 3.5, binary64'),
  fp32: layout('fp32', ['FP32', 8, 23, 127], 'ieee', 'ieee754-2019', 'table 3.5, binary32'),
  tf32: layout('tf32', ['TF32', 8, 10, 127], 'ieee', 'nvidia-a100-whitepaper-2020', 'section on TF32'),
  bf16: layout('bf16', ['BF16', 8, 7, 127], 'ieee', 'kalamkar2019', 'section 2'),
  fp16: layout('fp16', ['FP16', 5, 10, 15], 'ieee', 'ieee754-2019', 'table 3.5, binary16'),
  'fp8-e5m2': layout('fp8-e5m2', ['FP8 E5M2', 5, 2, 15], 'ieee', 'micikevicius2022', 'table 1'),
  'fp8-e4m3': layout('fp8-e4m3', ['FP8 E4M3', 4, 3, 7], 'one-nan', 'micikevicius2022', 'table 1'),
  'fp6-e3m2': layout('fp6-e3m2', ['FP6 E3M2', 3, 2, 3], 'none', 'rouhani2023', 'table 1'),
  'fp6-e2m3': layout('fp6-e2m3', ['FP6 E2M3', 2, 3, 1], 'none', 'rouhani2023', 'table 1'),
  'fp4-e2m1': layout('fp4-e2m1', ['FP4 E2M1', 2, 1, 1], 'none', 'rouhani2023', 'table 1'),
};
