/**
 * One question, put to the planner in a thread of its own, as a browser's worker would: first with code that has never
 * run, then until it has warmed up.
 */
import { parentPort, workerData } from 'node:worker_threads';
import { bestTraining, type Plan, type PlanningQuestion, type TrainingPlans } from '#estimator';

/** What a thread measured of its question. */
export interface PlannerTiming {
  readonly coldMs: number;
  readonly warmMs: number;
  readonly evaluations: number;
  readonly computed: number;
  readonly best: readonly Plan[];
}

/** The compiler is done with the planner after this many runs. */
const WARM_UP = 8;
const TIMED = 3;

function timed(question: PlanningQuestion): { readonly ms: number; readonly plans: TrainingPlans } {
  const start = performance.now();
  const outcome = bestTraining(question);
  const ms = performance.now() - start;
  if (!outcome.ok) throw new Error(outcome.issues.map(({ message }) => message).join(' '));
  return { ms, plans: outcome.value };
}

function measure(question: PlanningQuestion): PlannerTiming {
  const { ms: coldMs, plans } = timed(question);
  for (let run = 1; run < WARM_UP; run++) timed(question);
  const warm = Array.from({ length: TIMED }, () => timed(question).ms).sort((a, b) => a - b);
  const { evaluations, computed, best } = plans;
  return { coldMs, warmMs: warm[(TIMED - 1) / 2] ?? coldMs, evaluations, computed, best };
}

parentPort?.postMessage(measure(workerData as PlanningQuestion));
