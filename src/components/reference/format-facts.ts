import {
  BLOCK_FORMAT_IDS,
  BLOCK_FORMATS,
  effectiveBits,
  epsilon,
  FLOAT_FORMAT_IDS,
  FLOAT_FORMATS,
  maxFinite,
  minNormal,
  minSubnormal,
  type FloatFormat,
  type FloatFormatId,
  type Format,
  type SourceRef,
} from '#estimator';
import { formatQuantity } from '#format';

interface Sourced extends SourceRef {
  /** The first architecture whose Tensor Cores multiply it; null for none. */
  readonly since: string | null;
}

/** First Tensor Cores with the format, and where that was read. */
const SINCE: Readonly<Record<FloatFormatId, Sourced>> = {
  fp64: { since: 'Ampere', key: 'nvidia-a100-whitepaper-2020', where: 'section on Tensor Cores' },
  fp32: { since: null, key: 'nvidia-a100-whitepaper-2020', where: 'section on TF32' },
  tf32: { since: 'Ampere', key: 'nvidia-a100-whitepaper-2020', where: 'section on TF32' },
  bf16: { since: 'Ampere', key: 'nvidia-a100-whitepaper-2020', where: 'section on Tensor Cores' },
  fp16: { since: 'Volta', key: 'nvidia-v100-whitepaper-2017', where: 'section on Tensor Cores' },
  'fp8-e5m2': { since: 'Hopper', key: 'nvidia-h100-whitepaper-2022', where: 'section on FP8' },
  'fp8-e4m3': { since: 'Hopper', key: 'nvidia-h100-whitepaper-2022', where: 'section on FP8' },
  'fp6-e3m2': { since: 'Blackwell', key: 'nvidia-hgx-page', where: 'HGX B200 table' },
  'fp6-e2m3': { since: 'Blackwell', key: 'nvidia-hgx-page', where: 'HGX B200 table' },
  'fp4-e2m1': { since: 'Blackwell', key: 'nvidia-hgx-page', where: 'HGX B200 table' },
};

const SPECIALS: Readonly<Record<FloatFormat['specials'], string>> = {
  ieee: 'infinity, not-a-number',
  'one-nan': 'not-a-number only',
  none: 'none',
};

const real = (value: number, digits = 4): string => formatQuantity({ value, unit: 'real', digits });

const SUPERSCRIPT = '⁰¹²³⁴⁵⁶⁷⁸⁹';
/** `2⁻¹⁴`: the exact form of a number that is a power of two. */
const power = (value: number): string =>
  `2${String(Math.round(Math.log2(value)))
    .replace('-', '⁻')
    .replace(/\d/g, (digit) => SUPERSCRIPT[Number(digit)] ?? '')}`;

/** A row of the page of formats. Limits follow from the layout; layout and first architecture have sources. */
export const floatRows = FLOAT_FORMAT_IDS.map((id) => {
  const format = FLOAT_FORMATS[id];
  const { since, key, where } = SINCE[id];
  return {
    id,
    name: format.name,
    bits: `1 + ${format.exponentBits} + ${format.fractionBits}`,
    bias: String(format.bias),
    max: real(maxFinite(format), 5),
    normal: [real(minNormal(format)), power(minNormal(format))],
    smallest: [real(minSubnormal(format)), power(minSubnormal(format))],
    epsilon: [real(epsilon(format)), power(epsilon(format))],
    specials: SPECIALS[format.specials],
    since: since ?? 'none',
    facts: {
      layout: { value: format.bits, source: format.source.key, where: format.source.where },
      since: { value: since ?? 'none', source: key, where },
    },
  };
});

export const blockRows = BLOCK_FORMAT_IDS.map((id) => {
  const format = BLOCK_FORMATS[id];
  return {
    id,
    name: format.name,
    element: format.element.name,
    size: String(format.size),
    scale: format.scale === 'e8m0' ? 'E8M0: 2⁻¹²⁷ to 2¹²⁷' : 'E4M3, and FP32 for the tensor',
    bits: real(effectiveBits(format)),
    facts: { layout: { value: format.size, source: format.source.key, where: format.source.where } },
  };
});

/** Cards of the table of rates, one of each kind. */
export const RATED = [
  'p100-sxm2-16gb', 'v100-sxm2-16gb', 't4-pcie-16gb', 'a100-sxm4-80gb', 'a800-sxm4-80gb', 'h100-sxm5-80gb',
  'h800-sxm5-80gb', 'h20-sxm5-96gb', 'h200-sxm5-141gb', 'b200-sxm-180gb', 'gb200-nvl72-186gb', 'b300-sxm-270gb',
  'gb300-nvl72-279gb', 'rubin-nvl72-288gb',
] as const; // prettier-ignore

/** Formats of the catalogue's rates, widest first. */
export const RATES: readonly (readonly [Format, string])[] = [
  ['fp64', 'FP64'],
  ['fp32', 'FP32'],
  ['tf32', 'TF32'],
  ['bf16', 'BF16'],
  ['fp16', 'FP16'],
  ['fp8', 'FP8'],
  ['fp6', 'FP6'],
  ['fp4', 'FP4'],
];
