/** How measured times spread around predicted ones, by kind of run: what the estimator's intervals are made of. */
import { LEAST_RUNS, residualKind, type Residuals } from '#estimator';
import { groupBy, quantile } from './statistics.ts';
import type { ValidatedRun } from './validate-run.ts';

/** Three digits are more than such a sample tells. */
const rounded = (value: number): number => Number(value.toPrecision(3));

function spread(ratios: readonly number[]): Residuals {
  return {
    low: rounded(quantile(ratios, 0.1) ?? 1),
    high: rounded(quantile(ratios, 0.9) ?? 1),
    runs: ratios.length,
  };
}

/** Measured over predicted time. Every headline but the step time is proportional to throughput. */
function timeRatio({ headline }: ValidatedRun): number {
  if (!headline) return NaN;
  const { quantity, measured, predicted } = headline;
  return quantity === 'stepTimeS' ? measured / predicted : predicted / measured;
}

/** The table of residuals of these runs: kinds with enough of them, and all together. */
export function residualsOf(runs: readonly ValidatedRun[]): Readonly<Record<string, Residuals>> {
  const judged = runs.filter(({ headline, labels }) => headline && labels.tier !== 'C');
  const table: Record<string, Residuals> = { all: spread(judged.map(timeRatio)) };
  const kinds = groupBy(judged, ({ scenario }) => residualKind(scenario));
  for (const [kind, own] of [...kinds].sort(([a], [b]) => (a < b ? -1 : 1)))
    if (own.length >= LEAST_RUNS) table[kind] = spread(own.map(timeRatio));
  return table;
}
