import { exponentOf } from './codec.ts';
import type { FloatFormat } from './float-format.ts';
import { maxFinite, minExponent, minSubnormal } from './limits.ts';

/** The step between neighbouring numbers of the format at this size; that of the subnormal numbers below them. */
export function spacing(format: FloatFormat, size: number): number {
  const e = size === 0 ? minExponent(format) : Math.max(exponentOf(size), minExponent(format));
  return 2 ** (e - format.fractionBits);
}

/** How many numbers of the format lie above zero and at or below `high`, 0 or more. */
export function countUpTo(format: FloatFormat, high: number): number {
  const top = Math.min(high, maxFinite(format));
  if (top < minSubnormal(format)) return 0;
  const step = spacing(format, top);
  const { fractionBits } = format;
  // Positive codes are consecutive, so the code of the last number is the count.
  const whole = Math.floor(top / step);
  const binade = Math.round(Math.log2(step)) + fractionBits - minExponent(format);
  return whole < 2 ** fractionBits ? whole : binade * 2 ** fractionBits + whole;
}

/** The numbers of the format from `low` to `high`, both above zero, in order; at most `limit` of them, the lowest. */
export function valuesBetween(format: FloatFormat, low: number, high: number, limit: number): number[] {
  const values: number[] = [];
  const top = Math.min(high, maxFinite(format));
  const first = Math.max(low, minSubnormal(format));
  let value = Math.ceil(first / spacing(format, first)) * spacing(format, first);
  while (value <= top && values.length < limit) {
    values.push(value);
    value += spacing(format, value);
  }
  return values;
}
