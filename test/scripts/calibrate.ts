/**
 * Sets the fitted constants of the step model on half of the published runs, and says how good they are on the other
 * half and on sources left out altogether.
 *
 *   node test/scripts/calibrate.ts              the constants as they are, judged
 *   node test/scripts/calibrate.ts --fit        better ones, printed; put them into the sources by hand
 *   node test/scripts/calibrate.ts --residuals  the table of src/estimator/step/interval.ts
 *   node test/scripts/calibrate.ts --leave-out  fitted without one source at a time; writes content/data/validation
 *
 * One set of constants for all runs: no constant knows a run, a source or a model.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import type { Outcome, TrainingScenario } from '#estimator';
import { readGpus, readModels, readRuns } from '#catalog/node.ts';
import { stripSources } from '#catalog/values.ts';
import { breakdownTotal } from '../../src/estimator/step/compose.ts';
import { STEP } from '../../src/estimator/step/constants.ts';
import { stepBreakdown } from '../../src/estimator/step/training-step.ts';
import { ENERGY_BY_FORMAT, JOULES_PER_FLOP } from '../../src/estimator/kernels/energy.ts';
import { FLASH_SHARES } from '../../src/estimator/kernels/attention.ts';
import { estimates } from '../../src/validation/estimate.ts';
import { halfOf } from '../../src/validation/halves.ts';
import { validateRuns } from '../../src/validation/validation.ts';
import { summarise } from '../../src/validation/statistics.ts';
import { residualsOf } from '../../src/validation/residuals.ts';
import type { ValidatedRun } from '../../src/validation/validate-run.ts';

interface Knob {
  readonly name: string;
  readonly from: Record<string, number>;
  readonly key: string;
  readonly least: number;
  readonly most: number;
}

const record = (of: unknown): Record<string, number> => of as Record<string, number>;
const knob = (name: string, of: unknown, key: string, least: number, most: number): Knob => ({
  name: `${name}.${key}`,
  from: record(of),
  key,
  least,
  most,
});

/** Every fitted constant, with the bounds of what is physical. */
const KNOBS: readonly Knob[] = [
  // An A100 that needed more than 1.6 pJ would be slower than Korthikanti's, 400 W and the best tuned, were.
  knob('JOULES_PER_FLOP', JOULES_PER_FLOP, 'Ampere', 1.5e-12, 1.6e-12),
  knob('JOULES_PER_FLOP', JOULES_PER_FLOP, 'Hopper', 0.3e-12, 3e-12),
  knob('JOULES_PER_FLOP', JOULES_PER_FLOP, 'Blackwell', 0.3e-12, 3e-12),
  knob('ENERGY_BY_FORMAT', ENERGY_BY_FORMAT, 'fp8', 0.3, 0.8),
  knob('ENERGY_BY_FORMAT', ENERGY_BY_FORMAT, 'fp4', 0.15, 0.6),
  knob('STEP', STEP, 'streamingShare', 0.7, 0.9),
  knob('STEP', STEP, 'contention', 0, 0.3),
  knob('STEP', STEP, 'selectiveShare', 0.15, 0.8),
  knob('STEP', STEP, 'hostSeconds', 0, 0.04),
  knob('STEP', STEP, 'routingWait', 0, 6e-3),
  ...(
    [
      'Ampere.flash-1',
      'Ampere.flash-2',
      'Hopper.flash-1',
      'Hopper.flash-2',
      'Hopper.flash-3',
      'Blackwell.flash-3',
    ] as const
  ).map((name) => {
    const [architecture, kernel] = name.split('.') as [string, string];
    return knob(`FLASH_SHARES.${architecture}`, FLASH_SHARES[architecture], kernel, 0.1, 0.95);
  }),
];

const catalog = {
  gpus: readGpus().map(stripSources),
  models: readModels().map(stripSources),
} as unknown as Parameters<typeof validateRuns>[1];

/** While constants are being set, only time counts. */
const step = (scenario: TrainingScenario): Outcome<{ readonly seconds: number }> => ({
  ok: true,
  value: { seconds: breakdownTotal(stepBreakdown(scenario)) },
});

const validated = validateRuns(readRuns(), catalog, estimates).runs;

/** What a run's headline makes of a step's time, over what it makes of the step that was predicted first. */
const first = new Map(validated.map((run) => [run, secondsOf(run)]));
function secondsOf({ scenario }: ValidatedRun): number {
  const outcome = step(scenario);
  return outcome.ok ? outcome.value.seconds : NaN;
}

/** ln(predicted / measured) with the constants as they are now: every headline is a step's time or its inverse. */
function logError(run: ValidatedRun): number {
  const { headline } = run;
  if (!headline) return NaN;
  const change = Math.log(secondsOf(run) / (first.get(run) ?? NaN));
  const sign = headline.quantity === 'stepTimeS' ? 1 : -1;
  return sign * Math.log(1 + headline.error) + change;
}

/** Experts of benchmarks in tier B route and dispatch in ways that their sources do not describe. */
const trusted = (run: ValidatedRun): boolean =>
  run.headline !== undefined &&
  (run.labels.tier === 'A' || (run.labels.tier === 'B' && !run.scenario.model.moe));

/** Errors beyond this say that a source leaves something out; they should not pull harder. */
const CAP = 0.4;

/** Mean absolute log error, every source weighing as the square root of its runs. */
function loss(runs: readonly ValidatedRun[]): number {
  const counts = new Map<string, number>();
  for (const { labels } of runs) counts.set(labels.source, (counts.get(labels.source) ?? 0) + 1);
  let sum = 0;
  let weights = 0;
  for (const run of runs) {
    const weight = 1 / Math.sqrt(counts.get(run.labels.source) ?? 1);
    sum += weight * Math.min(CAP, Math.abs(logError(run)));
    weights += weight;
  }
  return sum / weights;
}

/** Coordinate descent in shrinking steps; deterministic. */
function fit(runs: readonly ValidatedRun[], rounds: number): number {
  let best = loss(runs);
  let stride = 0.12;
  for (let round = 0; round < rounds; round++) {
    for (const { from, key, least, most } of KNOBS) {
      const value = from[key] ?? 0;
      for (const factor of [1 + stride, 1 - stride]) {
        from[key] = Math.min(most, Math.max(least, value * factor));
        const found = loss(runs);
        if (found < best - 1e-6) {
          best = found;
          break;
        }
        from[key] = value;
      }
    }
    stride *= 0.75;
  }
  return best;
}

const values = (): number[] => KNOBS.map(({ from, key }) => from[key] ?? 0);
const restore = (saved: readonly number[]): void =>
  KNOBS.forEach(({ from, key }, i) => void (from[key] = saved[i] ?? 0));

const print = (line: string): void => void process.stdout.write(`${line}\n`);
const percent = (share: number): string => `${(100 * share).toFixed(1)}%`;
const errors = (runs: readonly ValidatedRun[]) =>
  summarise(runs.map((run) => Math.exp(logError(run)) - 1).filter(Number.isFinite));

function report(title: string, runs: readonly ValidatedRun[]): void {
  const summary = errors(runs);
  if (summary)
    print(`${title}: ${summary.count} runs, median ${percent(summary.median)}, p90 ${percent(summary.p90)}`);
}

const half = (name: string, runs: readonly ValidatedRun[]): readonly ValidatedRun[] =>
  runs.filter(({ id }) => halfOf(id) === name);

const usable = validated.filter(trusted);
const [mode] = process.argv.slice(2);
if (mode === '--fit') {
  const before = loss(half('fit', usable));
  const after = fit(half('fit', usable), 8);
  print(`loss on the fitted half ${before.toFixed(4)} -> ${after.toFixed(4)}`);
  for (const { name, from, key } of KNOBS) print(`${name} ${(from[key] ?? 0).toPrecision(3)}`);
}
report(
  'tier A, fitted half',
  half('fit', usable).filter(({ labels }) => labels.tier === 'A'),
);
report(
  'tier A, held-out half',
  half('held-out', usable).filter(({ labels }) => labels.tier === 'A'),
);

if (mode === '--residuals') print(JSON.stringify(residualsOf(validated), null, 2));

if (mode === '--leave-out') {
  const saved = values();
  const rows = [];
  for (const source of [...new Set(usable.map(({ labels }) => labels.source))].sort()) {
    const own = usable.filter(({ labels }) => labels.source === source);
    restore(saved);
    fit(
      half('fit', usable).filter(({ labels }) => labels.source !== source),
      6,
    );
    const summary = errors(own);
    if (!summary) continue;
    report(`without ${source}`, own);
    rows.push({
      source,
      count: summary.count,
      median: summary.median,
      p90: summary.p90,
      worst: summary.worst,
    });
  }
  const folder = new URL('../../content/data/validation/', import.meta.url);
  mkdirSync(folder, { recursive: true });
  const rounded = rows.map((row) =>
    Object.fromEntries(
      Object.entries(row).map(([key, value]) => [
        key,
        typeof value === 'number' ? Number(value.toPrecision(4)) : value,
      ]),
    ),
  );
  writeFileSync(new URL('leave-one-source-out.json', folder), `${JSON.stringify(rounded, null, 2)}\n`);
}
