import type { FloatFormat } from './float-format.ts';
import { maxFinite, minExponent } from './limits.ts';

/** The stored parts of a number, each a whole number. The code is their bits in this order. */
export interface FloatFields {
  readonly sign: 0 | 1;
  /** Biased. */
  readonly exponent: number;
  readonly fraction: number;
}

/**
 * What a number beyond the largest finite one becomes: `saturate` gives that one; `special` gives infinity, or NaN
 * where there is no infinity, or the largest where there is neither.
 */
export type Overflow = 'saturate' | 'special';

/** `floor(log2(size))`, exactly; `size` is finite and above zero. */
export function exponentOf(size: number): number {
  const guess = Math.floor(Math.log2(size));
  // The logarithm of a number just below a power of two may round up to that power.
  return 2 ** guess > size ? guess - 1 : guess;
}

/** To the nearest whole number, ties to the even one. */
function roundEven(value: number): number {
  const below = Math.floor(value);
  const rest = value - below;
  return rest > 0.5 || (rest === 0.5 && below % 2 === 1) ? below + 1 : below;
}

function overflowed(format: FloatFormat, overflow: Overflow): number {
  if (overflow === 'saturate' || format.specials === 'none') return maxFinite(format);
  return format.specials === 'ieee' ? Infinity : Number.NaN;
}

/**
 * The number of the format that a value is stored as: the nearest, a tie to the one with the even fraction, through
 * the subnormal numbers down to zero. Exact, because scaling a double by a power of two is.
 * @param value a double; NaN stays NaN
 * @source IEEE 754-2019, section 4.3.1; OCP OFP8 1.0, section on conversion, for overflow without infinity
 */
export function roundTo(format: FloatFormat, value: number, overflow: Overflow = 'special'): number {
  const size = Math.abs(value);
  if (size === 0 || Number.isNaN(value)) return value;
  const sign = value < 0 ? -1 : 1;
  if (size === Infinity) return sign * overflowed(format, overflow);
  const step = 2 ** (Math.max(exponentOf(size), minExponent(format)) - format.fractionBits);
  const rounded = roundEven(size / step) * step;
  return sign * (rounded > maxFinite(format) ? overflowed(format, overflow) : rounded);
}

/** The largest biased exponent: all ones. */
const topExponent = ({ exponentBits }: FloatFormat): number => 2 ** exponentBits - 1;

/** The fields of a value after rounding; null for a NaN or an infinity that the format cannot hold. */
export function encode(
  format: FloatFormat,
  value: number,
  overflow: Overflow = 'special',
): FloatFields | null {
  const stored = roundTo(format, value, overflow);
  const { specials, fractionBits, bias } = format;
  const sign = stored < 0 || Object.is(stored, -0) ? 1 : 0;
  if (Number.isNaN(stored)) {
    if (specials === 'none') return null;
    const fraction = specials === 'ieee' ? 2 ** (fractionBits - 1) : 2 ** fractionBits - 1;
    return { sign: 0, exponent: topExponent(format), fraction };
  }
  const size = Math.abs(stored);
  if (size === Infinity) return { sign, exponent: topExponent(format), fraction: 0 };
  const e = size === 0 ? -Infinity : exponentOf(size);
  if (e < minExponent(format)) {
    return { sign, exponent: 0, fraction: size / 2 ** (minExponent(format) - fractionBits) };
  }
  return { sign, exponent: e + bias, fraction: (size / 2 ** e - 1) * 2 ** fractionBits };
}

/** The number that the fields stand for. */
export function decode(format: FloatFormat, { sign, exponent, fraction }: FloatFields): number {
  const { specials, fractionBits, bias } = format;
  const factor = sign === 1 ? -1 : 1;
  if (exponent === topExponent(format)) {
    if (specials === 'ieee') return fraction === 0 ? factor * Infinity : Number.NaN;
    if (specials === 'one-nan' && fraction === 2 ** fractionBits - 1) return Number.NaN;
  }
  const part = fraction / 2 ** fractionBits;
  return factor * (exponent === 0 ? part * 2 ** minExponent(format) : (1 + part) * 2 ** (exponent - bias));
}

/** The fields as one whole number. Exact up to 53 bits, which is every format but FP64. */
export function codeOf(format: FloatFormat, { sign, exponent, fraction }: FloatFields): number {
  return sign * 2 ** (format.bits - 1) + exponent * 2 ** format.fractionBits + fraction;
}

/** The fields that a code is made of. */
export function fieldsOf(format: FloatFormat, code: number): FloatFields {
  const { bits, exponentBits, fractionBits } = format;
  return {
    sign: code >= 2 ** (bits - 1) ? 1 : 0,
    exponent: Math.floor(code / 2 ** fractionBits) % 2 ** exponentBits,
    fraction: code % 2 ** fractionBits,
  };
}

/** A field in binary, with its leading zeros. */
export const binary = (value: number, bits: number): string =>
  bits === 0 ? '' : BigInt(value).toString(2).padStart(bits, '0');
