/** The numbers that open the page. For build time only. */
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

/** A source predicted with constants that were fitted without it. */
interface LeftOut {
  readonly source: string;
  readonly count: number;
  readonly median: number;
  readonly p90: number;
}

// Fitting takes an hour: `node test/scripts/calibrate.ts --leave-out` writes the file. Without it the page says less.
const files = import.meta.glob<readonly LeftOut[]>('/content/data/validation/leave-one-source-out.json', {
  eager: true,
  import: 'default',
});
const all = Object.values(files).flat();

export const leftOutBySource: ReadonlyMap<string, LeftOut> = new Map(all.map((one) => [one.source, one]));

const enough = all.filter(({ count }) => count >= ENOUGH_ROWS).sort((a, b) => a.median - b.median);
/** The middle one of these sources, and the worst. */
export const [middleLeftOut] = enough.slice(Math.floor((enough.length - 1) / 2));
export const worstLeftOut = enough.at(-1);
