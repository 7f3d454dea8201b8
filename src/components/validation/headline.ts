/** The numbers that open the page. For build time only. */
import type { ErrorSummary } from '#validation/statistics.ts';
import { report, tierSummary } from './report.ts';

export const tierA = tierSummary('A');
export const heldOut = tierA.byHalf['held-out'] ?? null;

/** Sources with fewer rows say little on their own. */
export const ENOUGH_ROWS = 20;

/** Every source on its own, so that one of many rows does not speak for the rest. */
export const sources = Object.entries(report.summary.bySource)
  .filter(([, { count }]) => count >= ENOUGH_ROWS)
  .sort(([, a], [, b]) => a.median - b.median);
export const [middleSource] = sources.slice(Math.floor((sources.length - 1) / 2));
export const worstSource = sources.at(-1);

const files = import.meta.glob<ErrorSummary>('/content/data/validation/leave-one-out.json', {
  eager: true,
  import: 'default',
});

/** Each source predicted with constants that were set without it: written by whoever sets them, absent until then. */
export const leaveOneOut: ErrorSummary | undefined = Object.values(files)[0];
