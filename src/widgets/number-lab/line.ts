import { maxFinite, minSubnormal, spacing, valuesBetween } from '#estimator';
import type { Stored } from './stored.ts';

/** A stretch of the number line around the value, with the format's numbers on it. */
export interface Line {
  readonly low: number;
  readonly high: number;
  readonly ticks: readonly number[];
}

/** More ticks than this cannot be told apart on a phone. */
const MOST = 64;
/** Steps to either side of the value, where the numbers are too dense to start from zero. */
const AROUND = 8.5;

/** From zero to about twice the value; closer where the format is dense; null for a block that is lost to zero. */
export function lineOf({ format, scale }: Stored, value: number): Line | null {
  if (scale === 0) return null;
  const x = value / scale;
  const least = minSubnormal(format);
  const most = maxFinite(format);
  const high = Math.max(2.4 * least, Math.min(2 * x, 1.15 * most));
  const all = valuesBetween(format, least, high, MOST + 1);
  const line = (low: number, top: number, ticks: readonly number[]): Line => ({
    low: low * scale,
    high: top * scale,
    ticks: ticks.map((tick) => tick * scale),
  });
  if (all.length <= MOST) return line(0, high, [0, ...all]);
  if (x > most) {
    const step = spacing(format, most);
    const low = most - 2 * AROUND * step;
    return line(low, most + 3 * step, valuesBetween(format, low, most, MOST));
  }
  const reach = AROUND * spacing(format, x);
  const low = Math.max(0, x - reach);
  return line(low, x + reach, valuesBetween(format, low, x + reach, MOST));
}
