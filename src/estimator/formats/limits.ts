import type { FloatFormat } from './float-format.ts';

/** Exponent of the largest finite numbers, unbiased. */
export function maxExponent({ exponentBits, bias, specials }: FloatFormat): number {
  return 2 ** exponentBits - 1 - bias - (specials === 'ieee' ? 1 : 0);
}

/** Exponent of the smallest normal numbers, which is that of all subnormal ones. */
export const minExponent = ({ bias }: FloatFormat): number => 1 - bias;

/** The largest finite number: 65,504 for FP16, 448 for FP8 E4M3. */
export function maxFinite(format: FloatFormat): number {
  // Where the all-ones fraction is NaN, the largest number has one step less.
  const steps = 2 ** format.fractionBits - (format.specials === 'one-nan' ? 2 : 1);
  return 2 ** maxExponent(format) * (1 + steps / 2 ** format.fractionBits);
}

/** The smallest number with a full significand. */
export const minNormal = (format: FloatFormat): number => 2 ** minExponent(format);

/** The smallest number above zero. */
export const minSubnormal = (format: FloatFormat): number => 2 ** (minExponent(format) - format.fractionBits);

/** Machine epsilon: the step from 1 to the next number. Rounding is off by at most half of it, relative to the result. */
export const epsilon = ({ fractionBits }: FloatFormat): number => 2 ** -fractionBits;

/** Doublings from the smallest to the largest number above zero. */
export const binades = (format: FloatFormat): number =>
  Math.log2(maxFinite(format)) - Math.log2(minSubnormal(format));
