/** One run against the estimator: its headline, its memory, whether it fits; or why it was skipped. Never throws. */
import { modelFlops, type TrainingScenario } from '#estimator';
import type { RunCatalog } from '#catalog/run-point.ts';
import type { Estimates } from './estimate.ts';
import { comparableMemory } from './comparable-memory.ts';
import { formatOf } from './execution-of-run.ts';
import type { FeasibilityCase } from './feasibility.ts';
import {
  comparison,
  headlineOf,
  HEADLINES,
  predictedHeadline,
  throughputAt,
  type Comparison,
} from './headline.ts';
import { isInferenceRun, readMeasuredRun, type MeasuredRun } from './measured-run.ts';
import { scenarioOfMeasured } from './scenario-of-run.ts';

/** What summaries collect runs under. */
export interface RunLabels {
  readonly source: string;
  readonly tier: string;
  readonly gpu: string;
  readonly framework: string;
  readonly precision: string;
  readonly model: string;
}

export interface ValidatedRun {
  readonly id: string;
  readonly labels: RunLabels;
  readonly scenario: TrainingScenario;
  /** Fields that the source leaves open, and the rule that filled each. */
  readonly filled: readonly string[];
  readonly headline?: Comparison;
  readonly memory?: Comparison;
  readonly feasibility: FeasibilityCase;
  /** MFU by the exact count, measured; null when the run gives no time. */
  readonly mfu: number | null;
}

export type RunVerdict =
  | { readonly kind: 'validated'; readonly run: ValidatedRun }
  | { readonly kind: 'skipped'; readonly id: string; readonly reason: string };

const GIB = 2 ** 30;

const NO_INFERENCE = 'an inference run: the estimator has no model of inference yet';

function labelsOf(run: MeasuredRun, { cluster, framework, precision }: TrainingScenario): RunLabels {
  const { group: source, tier } = run;
  return { source, tier, gpu: cluster.gpu.name, framework, precision, model: run.model.name ?? 'unnamed' };
}

/** MFU by the exact count of FLOPs, from whichever headline the run gives. */
function exactMfu(
  scenario: TrainingScenario,
  { quantity, measured, predicted }: Comparison,
  seconds: number,
): number {
  const { cluster, model, precision } = scenario;
  // Every headline but the step time is proportional to throughput.
  const faster = quantity === 'stepTimeS' ? predicted / measured : measured / predicted;
  const tokens = throughputAt(scenario, seconds) * faster;
  return (tokens * modelFlops(model).total) / (cluster.gpu.peak[formatOf(precision)] ?? Infinity);
}

/**
 * Compares one row of a runs file, or one `Run` of the catalogue, with what is estimated for it.
 * @param position where the row stands, to name a row without an id
 */
export function validateRun(
  raw: unknown,
  catalog: RunCatalog,
  estimates: Estimates,
  position = 0,
): RunVerdict {
  const run = readMeasuredRun(raw, position);
  const { id, measured } = run;
  const skipped = (reason: string): RunVerdict => ({ kind: 'skipped', id, reason });
  if (isInferenceRun(raw)) return skipped(NO_INFERENCE);
  const mapped = scenarioOfMeasured(run, catalog);
  if (!mapped.ok) return skipped(mapped.reason);
  const { scenario, filled } = mapped;
  const quantity = headlineOf(run);
  if (!quantity && measured.memGiB === undefined && !measured.oom)
    return skipped(`the run gives none of ${HEADLINES.join(', ')}, memGiB`);
  const step = estimates.step(scenario);
  if (!step.ok) return skipped(`the estimator refuses it: ${step.issues.map((i) => i.message).join(' ')}`);
  const { seconds } = step.value;
  const memory = estimates.memory(scenario);
  const value = quantity && measured[quantity];
  const headline =
    quantity && value && !measured.oom
      ? comparison(id, quantity, value, predictedHeadline(quantity, run, scenario, seconds))
      : undefined;
  return {
    kind: 'validated',
    run: {
      id,
      labels: labelsOf(run, scenario),
      scenario,
      filled,
      ...(headline ? { headline } : {}),
      ...(measured.memGiB !== undefined && !measured.oom
        ? { memory: comparison(id, 'memGiB', measured.memGiB, comparableMemory(run, memory) / GIB) }
        : {}),
      feasibility: { fitted: !measured.oom, predictedFits: memory.total <= scenario.cluster.gpu.memory },
      mfu: headline ? exactMfu(scenario, headline, seconds) : null,
    },
  };
}
