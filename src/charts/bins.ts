/** How often errors of each size occur, as plain data for the server and for a script. */

export interface Bin {
  /** Its edges; the first and the last bin hold everything beyond them. */
  readonly from: number;
  readonly to: number;
  readonly count: number;
}

/**
 * Bins of one width from `-reach` to `reach`, and one at each end for what lies beyond.
 * @param width such as 0.05 for bins of five percent; `reach` is a multiple of it
 */
export function binned(errors: readonly number[], width: number, reach: number): readonly Bin[] {
  const inner = Math.round((2 * reach) / width);
  const counts = new Array<number>(inner + 2).fill(0);
  for (const error of errors) {
    const place = Math.floor((error + reach) / width) + 1;
    const bin = Math.min(inner + 1, Math.max(0, place));
    counts[bin] = (counts[bin] ?? 0) + 1;
  }
  return counts.map((count, i) => ({
    from: i === 0 ? -Infinity : -reach + (i - 1) * width,
    to: i === inner + 1 ? Infinity : -reach + i * width,
    count,
  }));
}

/** Pixels above the bars, and of the tallest of them. */
export const BARS = { top: 18, height: 150 } as const;

/** Where a bar of `count` stands when the tallest has `most`. */
export function barOf(count: number, most: number): { readonly y: number; readonly height: number } {
  const height = Number(((BARS.height * count) / Math.max(1, most)).toFixed(1));
  return { y: BARS.top + BARS.height - height, height };
}
