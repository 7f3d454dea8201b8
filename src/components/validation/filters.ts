/** Which runs the picture shows: one choice for each facet, kept in the page's link. Safe for a browser. */
import type { Point } from './point.ts';

export const FACETS = ['tier', 'source', 'gpu', 'framework', 'precision', 'size'] as const;
export type Facet = (typeof FACETS)[number];

/** A facet's value, or `all`. */
export type Filters = Readonly<Record<Facet, string>>;

export const ALL = 'all';

/** What the page opens with: the runs that the estimator is judged by. */
export const START: Filters = {
  tier: 'A',
  source: ALL,
  gpu: ALL,
  framework: ALL,
  precision: ALL,
  size: ALL,
};

export const LABELS: Readonly<Record<Facet, string>> = {
  tier: 'Tier',
  source: 'Source',
  gpu: 'GPU',
  framework: 'Framework family',
  precision: 'Number format',
  size: 'Parameters',
};

export const shownBy = (points: readonly Point[], filters: Filters): readonly Point[] =>
  points.filter((point) =>
    FACETS.every((facet) => filters[facet] === ALL || point[facet] === filters[facet]),
  );

/** `?source=NeMo&tier=all`; nothing for what the page opens with. */
export function encodeFilters(filters: Filters): string {
  const changed = FACETS.filter((facet) => filters[facet] !== START[facet]);
  const query = new URLSearchParams(changed.map((facet): [string, string] => [facet, filters[facet]]));
  return changed.length === 0 ? '' : `?${query}`;
}

/** Reads a link. A value that no facet offers is passed over. */
export function decodeFilters(search: string, offered: (facet: Facet) => readonly string[]): Filters {
  const params = new URLSearchParams(search);
  const entries = FACETS.map((facet) => {
    const wanted = params.get(facet);
    const legal = wanted !== null && (wanted === ALL || offered(facet).includes(wanted));
    return [facet, legal ? wanted : START[facet]];
  });
  return Object.fromEntries(entries) as Filters;
}

/** What a facet offers, most runs first; sizes and tiers in their own order. */
export function optionsOf(points: readonly Point[], facet: Facet): readonly (readonly [string, number])[] {
  const counts = new Map<string, number>();
  for (const point of points) counts.set(point[facet], (counts.get(point[facet]) ?? 0) + 1);
  const inOrder = facet === 'size' || facet === 'tier';
  return [...counts].sort(([a, m], [b, n]) =>
    inOrder ? a.localeCompare(b, 'en', { numeric: true }) : n - m,
  );
}
