import type { FloatFormat } from './float-format.ts';
import { maxFinite, minNormal, minSubnormal } from './limits.ts';
import { spacing } from './neighbours.ts';

/** Gradients whose sizes follow a log-normal law. Zeros are apart: they stay zero in any format. */
export interface GradientSizes {
  /** Half of them are smaller. */
  readonly median: number;
  /** Standard deviation of the base-2 logarithm, in doublings. */
  readonly spread: number;
}

/** What becomes of the gradients in a format, as shares that add up to 1. */
export interface GradientFates {
  /** Rounded to zero. */
  readonly flushed: number;
  /** Kept with fewer significant bits. */
  readonly subnormal: number;
  readonly normal: number;
  /** Beyond the largest finite number. */
  readonly overflowed: number;
}

/**
 * The standard normal distribution function, to 1e-14: a series near the middle, a continued fraction in the tails.
 * @source Abramowitz and Stegun 1964, equations 26.2.11 and 26.2.14
 */
export function normalCdf(z: number): number {
  if (z > 0) return 1 - normalCdf(-z);
  const density = Math.exp((-z * z) / 2) / Math.sqrt(2 * Math.PI);
  const x = -z;
  if (x > 3) {
    let fraction = x;
    for (let k = 80; k > 0; k--) fraction = x + k / fraction;
    return density / fraction;
  }
  let term = x;
  let total = x;
  for (let k = 3; k < 120; k += 2) {
    term *= (x * x) / k;
    total += term;
  }
  return 0.5 - density * total;
}

/** Share of the gradients whose size times `scale` lies below `size`. */
export function shareBelow({ median, spread }: GradientSizes, scale: number, size: number): number {
  return normalCdf((Math.log2(size) - Math.log2(median) - Math.log2(scale)) / spread);
}

/** Share beyond the largest number: from the far side, so that a share in the tail keeps its digits. */
function shareBeyond({ median, spread }: GradientSizes, scale: number, format: FloatFormat): number {
  const limit = maxFinite(format) + spacing(format, maxFinite(format)) / 2;
  return normalCdf((Math.log2(median) + Math.log2(scale) - Math.log2(limit)) / spread);
}

/**
 * What a format does to gradients after the loss was multiplied by `scale`: the chain rule multiplies every gradient
 * by it too. Rounding to nearest takes to zero what is at most half the smallest number, and overflows half a step
 * above the largest.
 * @source Micikevicius 2018, section 3.2
 */
export function gradientFates(sizes: GradientSizes, scale: number, format: FloatFormat): GradientFates {
  const below = (size: number): number => shareBelow(sizes, scale, size);
  const flushed = below(minSubnormal(format) / 2);
  const subnormal = below(minNormal(format)) - flushed;
  const overflowed = shareBeyond(sizes, scale, format);
  return { flushed, subnormal, normal: Math.max(0, 1 - flushed - subnormal - overflowed), overflowed };
}

/**
 * The largest power of two to scale the loss by such that at most `share` of the gradients overflow, from 2^-60 to
 * 2^60; the smallest of these where even it overflows more. Found by halving, because overflow grows with the scale.
 */
export function largestLossScale(sizes: GradientSizes, format: FloatFormat, share: number): number {
  let low = -60;
  let high = 61;
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (shareBeyond(sizes, 2 ** middle, format) > share) high = middle;
    else low = middle;
  }
  return 2 ** low;
}
