/** Plain statistics of errors. An error is predicted / measured - 1; summaries are of its absolute value. */

/** How far a set of predictions is from what was measured; shares, such as 0.05 for 5%. */
export interface ErrorSummary {
  readonly count: number;
  readonly median: number;
  readonly mean: number;
  readonly p90: number;
  readonly worst: number;
}

/**
 * The value below which a share of the sorted values lies, interpolated between neighbours (as NumPy and R type 7).
 * @param share 0 for the least, 0.5 for the median, 1 for the greatest
 * @returns null for no values
 */
export function quantile(values: readonly number[], share: number): number | null {
  const sorted = [...values].sort((a, b) => a - b);
  const place = Math.min(1, Math.max(0, share)) * (sorted.length - 1);
  const below = sorted[Math.floor(place)];
  const above = sorted[Math.ceil(place)];
  if (below === undefined || above === undefined) return null;
  return below + (above - below) * (place - Math.floor(place));
}

/** The middle value; null for no values. */
export const median = (values: readonly number[]): number | null => quantile(values, 0.5);

/** Count, median, mean, 90th percentile and worst of the absolute errors; null when there are none. */
export function summarise(errors: readonly number[]): ErrorSummary | null {
  const sizes = errors.map(Math.abs);
  const middle = quantile(sizes, 0.5);
  const p90 = quantile(sizes, 0.9);
  const worst = quantile(sizes, 1);
  if (middle === null || p90 === null || worst === null) return null;
  const mean = sizes.reduce((sum, size) => sum + size, 0) / sizes.length;
  return { count: sizes.length, median: middle, mean, p90, worst };
}

/** Collects items under a key, in the order in which keys first appear. */
export function groupBy<T>(items: readonly T[], key: (item: T) => string): ReadonlyMap<string, readonly T[]> {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    const name = key(item);
    const group = groups.get(name);
    if (group) group.push(item);
    else groups.set(name, [item]);
  }
  return groups;
}

/** A summary of the errors under each key, keys in alphabetical order. */
export function summariseBy<T extends { readonly error: number }>(
  items: readonly T[],
  key: (item: T) => string,
): Readonly<Record<string, ErrorSummary>> {
  const entries = [...groupBy(items, key)].flatMap(([name, group]) => {
    const summary = summarise(group.map(({ error }) => error));
    return summary ? [[name, summary] as const] : [];
  });
  return Object.fromEntries(entries.sort(([a], [b]) => a.localeCompare(b)));
}
