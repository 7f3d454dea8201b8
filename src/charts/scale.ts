import { nice, ticks } from 'd3-array';

/** Maps a value to a place between 0 and 1, clamped. */
export type Scale = (value: number) => number;
/** The value at a place between 0 and 1. */
export type Inverse = (share: number) => number;

const clamp = (share: number): number => Math.min(1, Math.max(0, share));

export function linear(low: number, high: number): Scale {
  return (value) => clamp((value - low) / (high - low));
}

export function log(low: number, high: number): Scale {
  return (value) => clamp(Math.log(Math.max(value, low) / low) / Math.log(high / low));
}

export function inverseLinear(low: number, high: number): Inverse {
  return (share) => low + (high - low) * clamp(share);
}

export function inverseLog(low: number, high: number): Inverse {
  return (share) => low * (high / low) ** clamp(share);
}

/** A linear axis from zero to a round end at or beyond `reach`, with its ticks. */
export function axisFromZero(
  reach: number,
  count = 4,
  exact = false,
): { end: number; ticks: number[]; scale: Scale } {
  const [, end] = exact ? [0, reach] : nice(0, reach, count);
  return { end, ticks: ticks(0, end, count), scale: linear(0, end) };
}

/** Rounded to what a screen can show. */
export const rounded = (value: number): number => Number(value.toFixed(2));

/** A share of the width, as SVG takes it. */
export const percent = (share: number): string => `${rounded(share * 100)}%`;
