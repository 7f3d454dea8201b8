/** All runs against the estimator, and the summary: how wrong are we? */
import type { RunCatalog } from '#catalog/run-point.ts';
import { baselineErrors, bestConstants, type BaselineRun } from './baseline.ts';
import type { Estimates } from './estimate.ts';
import { feasibilityOf, type Feasibility } from './feasibility.ts';
import { halfOf } from './halves.ts';
import { throughputAt, type Comparison } from './headline.ts';
import { rankingOf, type RankedRun, type Ranking } from './ranking.ts';
import { summarise, summariseBy, type ErrorSummary } from './statistics.ts';
import { validateRun, type RunLabels, type ValidatedRun } from './validate-run.ts';

type Summaries = Readonly<Record<string, ErrorSummary>>;

export interface ValidationSummary {
  /** Headlines: time or throughput. */
  readonly overall: ErrorSummary | null;
  readonly bySource: Summaries;
  readonly byTier: Summaries;
  /** Halves by `halfOf`: constants may be set on `fit`, and are judged on `held-out`. */
  readonly byHalf: Summaries;
  /** The best MFU per GPU and format, found on the `fit` half, on the `held-out` one. */
  readonly constantMfu: ErrorSummary | null;
  readonly memory: { readonly overall: ErrorSummary | null; readonly bySource: Summaries };
  readonly feasibility: Feasibility;
  /** Sweeps of plans for one model on one machine. */
  readonly ranking: Ranking;
}

export interface Validation {
  readonly runs: readonly ValidatedRun[];
  readonly skipped: readonly { readonly id: string; readonly reason: string }[];
  readonly summary: ValidationSummary;
}

type Compared = Comparison & { readonly labels: RunLabels };

/** Every comparison of one kind, with what it is collected under. */
export const comparisonsOf = (
  runs: readonly ValidatedRun[],
  kind: 'headline' | 'memory',
): readonly Compared[] => runs.flatMap((run) => (run[kind] ? [{ ...run[kind], labels: run.labels }] : []));

/** Published sweeps over plans: Aleph Alpha's and nanotron's. */
const SWEEPS = /aleph|nanotron/i;

/** Only plans that are thought to fit: no planner would choose another. */
function ranked({ id, labels, scenario, headline, feasibility }: ValidatedRun): readonly RankedRun[] {
  if (headline?.quantity !== 'stepTimeS' || !SWEEPS.test(id) || !feasibility.predictedFits) return [];
  const { model, cluster, globalBatch } = scenario;
  const question = [labels.source, labels.model, model.sequence, labels.gpu, cluster.gpus, globalBatch].join(
    '|',
  );
  const tokens = (seconds: number): number => throughputAt(scenario, seconds);
  return [{ question, measured: tokens(headline.measured), predicted: tokens(headline.predicted) }];
}

const baseline = ({ labels, mfu }: ValidatedRun): readonly BaselineRun[] =>
  mfu === null ? [] : [{ key: `${labels.gpu} ${labels.precision}`, mfu }];

/** Summary of validated runs; of a part of them as well, such as one tier. */
export function summaryOf(runs: readonly ValidatedRun[]): ValidationSummary {
  const headlines = comparisonsOf(runs, 'headline');
  const memories = comparisonsOf(runs, 'memory');
  const half = (name: string): readonly ValidatedRun[] => runs.filter(({ id }) => halfOf(id) === name);
  const constants = bestConstants(half('fit').flatMap(baseline));
  const source = ({ labels }: Compared): string => labels.source;
  return {
    overall: summarise(headlines.map(({ error }) => error)),
    bySource: summariseBy(headlines, source),
    byTier: summariseBy(headlines, ({ labels }) => labels.tier),
    byHalf: summariseBy(headlines, ({ id }) => halfOf(id)),
    constantMfu: summarise(baselineErrors(half('held-out').flatMap(baseline), constants)),
    memory: {
      overall: summarise(memories.map(({ error }) => error)),
      bySource: summariseBy(memories, source),
    },
    feasibility: feasibilityOf(runs.map(({ feasibility }) => feasibility)),
    ranking: rankingOf(runs.flatMap(ranked)),
  };
}

/** Compares every row with what is estimated for it. Rows are of unknown origin; none is dropped silently. */
export function validateRuns(
  rows: readonly unknown[],
  catalog: RunCatalog,
  estimates: Estimates,
): Validation {
  const runs: ValidatedRun[] = [];
  const skipped: { id: string; reason: string }[] = [];
  rows.forEach((row, position) => {
    const verdict = validateRun(row, catalog, estimates, position);
    if (verdict.kind === 'validated') runs.push(verdict.run);
    else skipped.push({ id: verdict.id, reason: verdict.reason });
  });
  return { runs, skipped, summary: summaryOf(runs) };
}
