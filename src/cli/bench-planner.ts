/**
 * One question, put to the planner in a thread of its own, as a browser's worker would: first with code that has never
 * run, then until it has warmed up.
 */
import { parentPort, workerData } from 'node:worker_threads';
import { bestTraining, valueOrThrow, type Plan, type PlanningQuestion, type TrainingPlans } from '#estimator';

/** What a thread measured of its question. */
export interface PlannerTiming {
  readonly coldMs: number;
  readonly coldCpuMs: number;
  readonly warmMs: number;
  readonly evaluations: number;
  readonly computed: number;
  readonly best: readonly Plan[];
}

/** The compiler works beside the planner: it is done after so many runs, if they took so long. */
const WARM_UP = 30;
const WARM_UP_MS = 1000;
const TIMED = 5;

interface Timed {
  readonly ms: number;
  /** Of this thread: what `ms` is on a machine that does nothing else. */
  readonly cpuMs: number;
  readonly plans: TrainingPlans;
}

function timed(question: PlanningQuestion): Timed {
  const used = process.threadCpuUsage();
  const start = performance.now();
  const outcome = bestTraining(question);
  const ms = performance.now() - start;
  const { user, system } = process.threadCpuUsage(used);
  return { ms, cpuMs: (user + system) / 1000, plans: valueOrThrow(outcome) };
}

function measure(question: PlanningQuestion): PlannerTiming {
  const { ms: coldMs, cpuMs: coldCpuMs, plans } = timed(question);
  const start = performance.now();
  for (let run = 1; run < WARM_UP || performance.now() - start < WARM_UP_MS; run++) timed(question);
  const warmMs = Math.min(...Array.from({ length: TIMED }, () => timed(question).ms));
  const { evaluations, computed, best } = plans;
  return { coldMs, coldCpuMs, warmMs, evaluations, computed, best };
}

parentPort?.postMessage(measure(JSON.parse(workerData as string) as PlanningQuestion));
