/**
 * npm run -s bench -- [--json] [--only WORDS]
 *
 * How fast the planner answers its named questions and how long single calls take. Each question runs in three threads,
 * one after the other; every figure is the median of the three.
 *
 * `coldMs` is the first answer of a thread, with code that was never run before, and `coldCpuMs` what the thread itself
 * worked for it; `ms` is the fastest of five answers after a second of others, thirty at least, and what `evaluationsPerSecond` counts with. An
 * evaluation is a legal plan decided: whether it fits is known, and its seconds, or by a proven bound that it is neither
 * among the best nor on the Pareto front. `computed` counts those whose seconds were computed. `--only` takes the
 * questions whose name holds the words.
 */
import { parseArgs } from 'node:util';
import { Worker } from 'node:worker_threads';
import type { Plan } from '#estimator';
import { callTimings, type CallTiming } from './bench-calls.ts';
import type { PlannerTiming } from './bench-planner.ts';
import { benchQuestions, type NamedQuestion } from './bench-questions.ts';
import { planLabel } from './plan-label.ts';
import { table } from './table.ts';

const RUNS = 3;

interface PlannerReport {
  readonly question: string;
  readonly ms: number;
  readonly coldMs: number;
  readonly coldCpuMs: number;
  readonly evaluations: number;
  readonly computed: number;
  readonly evaluationsPerSecond: number;
  /** Whether all runs ranked the same plans in the same order. */
  readonly stable: boolean;
  readonly best: readonly { readonly plan: string; readonly seconds: number; readonly memory: number }[];
}

const inThread = ({ question }: NamedQuestion): Promise<PlannerTiming> =>
  new Promise((resolve, reject) => {
    // As text: V8 reads the fields of an object that was cloned into a thread so slowly that the planner takes 2.6 times
    // as long (DeepSeek-V3: 71 ms for 26, Node 24).
    const workerData = JSON.stringify(question);
    const worker = new Worker(new URL('./bench-planner.ts', import.meta.url), { workerData });
    worker.once('message', resolve);
    worker.once('error', reject);
  });

const median = (values: readonly number[]): number =>
  [...values].sort((a, b) => a - b)[(values.length - 1) >> 1] ?? NaN;

const bare = ({ scenario, seconds, memory }: Plan) => ({ plan: planLabel(scenario), seconds, memory });

async function plannerReport(named: NamedQuestion): Promise<PlannerReport> {
  const runs: PlannerTiming[] = [];
  // One at a time: they must not share the core.
  for (let run = 0; run < RUNS; run++) runs.push(await inThread(named));
  const ms = median(runs.map(({ warmMs }) => warmMs));
  const [{ evaluations, computed, best }] = runs as [PlannerTiming];
  const rankings = new Set(runs.map((run) => JSON.stringify(run.best.map(bare))));
  return {
    question: named.name,
    ms,
    coldMs: median(runs.map(({ coldMs }) => coldMs)),
    coldCpuMs: median(runs.map(({ coldCpuMs }) => coldCpuMs)),
    evaluations,
    computed,
    evaluationsPerSecond: Math.round(evaluations / (ms / 1000)),
    stable: rankings.size === 1,
    best: best.slice(0, 3).map(bare),
  };
}

const GIB = 2 ** 30;

function text(planner: readonly PlannerReport[], estimator: readonly CallTiming[]): string {
  const head = ['question', 'ms', 'cold ms', 'cold CPU ms', 'evaluations', 'computed', 'a second', 'stable'];
  const rows = planner.map((one) => [
    one.question,
    one.ms.toFixed(1),
    one.coldMs.toFixed(1),
    one.coldCpuMs.toFixed(1),
    ...[one.evaluations, one.computed, one.evaluationsPerSecond].map(String),
    one.stable ? 'yes' : 'no',
  ]);
  const plans = planner.map(({ question, best }) =>
    table([
      [question, 's/step', 'GiB'],
      ...best.map(({ plan, seconds, memory }) => [
        `  ${plan}`,
        seconds.toPrecision(4),
        (memory / GIB).toFixed(1),
      ]),
    ]),
  );
  const calls = estimator.map(({ call, microseconds }) => [call, microseconds.toPrecision(3)]);
  return `${[table([head, ...rows]), ...plans, table([['call', 'µs'], ...calls])].join('\n\n')}\n`;
}

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: { json: { type: 'boolean', default: false }, only: { type: 'string', default: '' } },
  });
  const questions = benchQuestions().filter(({ name }) => name.includes(values.only));
  const planner: PlannerReport[] = [];
  for (const question of questions) planner.push(await plannerReport(question));
  const estimator = callTimings();
  process.stdout.write(
    values.json ? `${JSON.stringify({ planner, estimator }, null, 2)}\n` : text(planner, estimator),
  );
}

try {
  await main();
} catch (error) {
  process.stderr.write(`bench: ${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
}
