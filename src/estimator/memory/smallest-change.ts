import { remembered } from '../remembered.ts';
import { breakdownTotal, composeStep } from '../step/compose.ts';
import { stepCosts, type StepCosts } from '../step/costs.ts';
import { scopeOf } from '../step/scope.ts';
import { planOf } from '../step/plan.ts';
import { checkScenario } from '../training/check-scenario.ts';
import { isContradictory } from '../training/contradictions.ts';
import type { TrainingScenario } from '../training/types.ts';
import type { Bytes, Seconds } from '../units.ts';
import { leversOf, type Lever, type LeverValues, LEVER_VALUES, type Setting } from './levers.ts';
import { fullestBytes } from './memory-per-gpu.ts';
import { type MemoryRates, memoryRates } from './memory-rates.ts';
import { evenStateShare } from './state-of-stage.ts';

/** A way to make a step fit, and what it costs. */
export interface SmallestChange {
  /** The step as changed. */
  readonly scenario: TrainingScenario;
  /** What was changed, in the order of {@link leversOf}; empty when the step fits as it is. */
  readonly changes: readonly Setting[];
  /** Bytes on the fullest GPU, before and after. */
  readonly before: Bytes;
  readonly after: Bytes;
  /** Predicted seconds of a step, before and after. */
  readonly secondsBefore: Seconds;
  readonly seconds: Seconds;
}

interface Candidate {
  readonly scenario: TrainingScenario;
  readonly changes: readonly Setting[];
}

/** Candidates one after the other: most are thrown away at once, and there may be thousands. */
type Candidates = Iterable<Candidate>;

/** Rates and costs that many candidates share: they do not depend on the pipeline, the replicas or ZeRO. */
interface Known {
  readonly rates: Map<string, MemoryRates>;
  readonly costs: Map<string, StepCosts>;
}

const cutKey = ({ parallelism: p, microBatch, recompute, fusedAttention }: TrainingScenario): string =>
  [
    p.tensorParallel,
    p.contextParallel,
    p.expertParallel,
    p.expertTensorParallel,
    p.sequenceParallel,
    p.zeroStage > 0,
    microBatch,
    recompute,
    fusedAttention,
  ].join(' ');

const ratesOf = (scenario: TrainingScenario, { rates }: Known): MemoryRates =>
  remembered(rates, cutKey(scenario), () => memoryRates(scenario));

/** Bytes on the fullest GPU. */
const fullest = (scenario: TrainingScenario, known: Known): Bytes =>
  fullestBytes(ratesOf(scenario, known), scenario);

function secondsOf(scenario: TrainingScenario, { costs }: Known): Seconds {
  const { cluster, parallelism } = scenario;
  const key = [cutKey(scenario), cluster.gpus, parallelism.pipelineParallel > 1].join(' ');
  const shared = remembered(costs, key, () => stepCosts(scopeOf(scenario)));
  return breakdownTotal(composeStep(shared, planOf(scenario)));
}

const withLever = ({ scenario, changes }: Candidate, { setting, apply }: Lever): Candidate => ({
  scenario: apply(scenario),
  changes: [...changes, setting],
});

/** One setting changed. */
function* singles(from: Candidate, levers: readonly Lever[]): Candidates {
  for (const lever of levers) yield withLever(from, lever);
}

/** Two of different names. */
function* pairs(from: Candidate, levers: readonly Lever[]): Candidates {
  for (const [i, first] of levers.entries()) {
    const one = withLever(from, first);
    for (let j = i + 1; j < levers.length; j++)
      if (levers[j]!.setting.path !== first.setting.path) yield withLever(one, levers[j]!);
  }
}

/** DeepSpeed asserts that a pipeline shards neither gradients nor weights (runtime/pipe/engine.py). */
const isRefused = ({ framework, parallelism }: TrainingScenario): boolean =>
  framework === 'deepspeed' && parallelism.zeroStage >= 2 && parallelism.pipelineParallel > 1;

/** The candidate that fits with the shortest step; of equals the first. */
function fastestThatFits(candidates: Candidates, known: Known): Candidate | null {
  let best: Candidate | null = null;
  let least = Infinity;
  for (const candidate of candidates) {
    const { scenario, changes } = candidate;
    if (changes.length > 0 && isRefused(scenario)) continue;
    if (isContradictory(scenario)) continue;
    if (fullest(scenario, known) > scenario.cluster.gpu.memory) continue;
    const seconds = secondsOf(scenario, known);
    if (seconds >= least) continue;
    best = candidate;
    least = seconds;
  }
  return best;
}

const withGpus = (scenario: TrainingScenario, gpus: number): Candidate => ({
  scenario: { ...scenario, cluster: { ...scenario.cluster, gpus } },
  changes: [{ path: 'gpus', from: scenario.cluster.gpus, to: gpus }],
});

/** Two settings and full recomputation, the strongest of all. */
function* pairsRecomputed(from: Candidate, levers: readonly Lever[]): Candidates {
  const full = levers.find(({ setting }) => setting.to === 'full');
  const others = levers.filter(({ setting }) => setting.path !== 'recompute');
  if (full) for (const pair of pairs(from, others)) yield withLever(pair, full);
}

/** As it is, else one setting, else two, else two and full recomputation. */
function fewest(from: Candidate, values: LeverValues, known: Known): Candidate | null {
  const { scenario } = from;
  if (evenStateShare(scenario, ratesOf(scenario, known)) > scenario.cluster.gpu.memory) return null;
  const levers = leversOf(scenario, values);
  return (
    fastestThatFits([from], known) ??
    fastestThatFits(singles(from, levers), known) ??
    fastestThatFits(pairs(from, levers), known) ??
    fastestThatFits(pairsRecomputed(from, levers), known)
  );
}

/** On the same GPUs, else on twice as many, and so on. */
function search(scenario: TrainingScenario, values: LeverValues, known: Known): Candidate | null {
  let found = fewest({ scenario, changes: [] }, values, known);
  for (let gpus = 2 * scenario.cluster.gpus; !found && gpus <= values.gpus; gpus *= 2)
    found = fewest(withGpus(scenario, gpus), values, known);
  return found;
}

/**
 * The smallest change of a step's settings with which it fits into its GPUs.
 *
 * Model, batch, precision and framework stay: the change alters what runs where, never what is computed. On
 * the same GPUs one changed setting is smaller than two, and two than two with full recomputation; only when these do
 * not help are there more GPUs, twice as many at a time. Of equally many changes the one with the shortest predicted step
 * wins. Every legal candidate is tried, so the answer is the same each time.
 *
 * @param scenario a legal one
 * @param values what each setting may become
 * @returns null when nothing fits; no changes when the step fits as it is
 */
export function smallestChange(
  scenario: TrainingScenario,
  values: LeverValues = LEVER_VALUES,
): SmallestChange | null {
  if (checkScenario(scenario).length > 0) return null;
  const known: Known = { rates: new Map(), costs: new Map() };
  const before = fullest(scenario, known);
  const found = search(scenario, values, known);
  return (
    found && {
      ...found,
      before,
      after: fullest(found.scenario, known),
      secondsBefore: secondsOf(scenario, known),
      seconds: secondsOf(found.scenario, known),
    }
  );
}
