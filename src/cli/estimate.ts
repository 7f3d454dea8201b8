/**
 * npm run -s estimate -- scenario.json [--json]
 *
 * Estimates one training step. The file holds a TrainingScenario (src/estimator/training/types.ts) in which `model` and
 * `cluster.gpu` may be ids of the catalogue. Fails when the scenario is impossible or does not fit.
 */
import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { trainingStep, type Issue, type TrainingScenario, type TrainingStep } from '#estimator';
import { planLabel } from './plan-label.ts';
import { gpuById, modelById } from './records.ts';
import { table } from './table.ts';

type Unchecked = Readonly<Record<string, unknown>>;

const isRecord = (value: unknown): value is Unchecked =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function parsed(path: string): unknown {
  try {
    return JSON.parse(readFileSync(path, 'utf8')) as unknown;
  } catch (error) {
    throw new Error(`${path} cannot be read as JSON: ${(error as Error).message}`, { cause: error });
  }
}

/** The file's scenario with ids replaced by records. Its values are checked by the estimator. */
function scenarioIn(path: string): TrainingScenario {
  const json = parsed(path);
  if (!isRecord(json)) throw new Error(`${path} must hold one scenario.`);
  const { model, cluster } = json;
  return {
    ...json,
    model: typeof model === 'string' ? modelById(model) : model,
    cluster:
      isRecord(cluster) && typeof cluster.gpu === 'string'
        ? { ...cluster, gpu: gpuById(cluster.gpu) }
        : cluster,
  } as unknown as TrainingScenario;
}

const GIB = 2 ** 30;
const percent = (share: number): string => `${(share * 100).toFixed(1)}%`;
const words = (key: string): string => key.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);

function text(scenario: TrainingScenario, step: TrainingStep): string {
  const { seconds, breakdown, memory } = step;
  const parts = Object.entries(breakdown as unknown as Record<string, number>);
  const bytes = Object.entries(memory.parts as unknown as Record<string, number>);
  return [
    planLabel(scenario),
    table([
      ['step, seconds', seconds.toPrecision(4)],
      ['tokens/s', step.tokensPerSecond.toPrecision(4)],
      ['tokens/s of one GPU', step.tokensPerSecondPerGpu.toPrecision(4)],
      ['MFU, exact count', percent(step.mfu)],
      ['HFU', percent(step.hfu)],
      ['data parallel', String(step.dataParallel)],
      ['micro-batches', String(step.microBatches)],
    ]),
    table([
      ['where the time goes', 'seconds', 'share'],
      ...parts.map(([key, value]) => [words(key), value.toPrecision(3), percent(value / seconds)]),
    ]),
    table([
      [`memory of a GPU, stage ${memory.stage + 1}`, 'GiB'],
      ...bytes.map(([key, value]) => [words(key), (value / GIB).toFixed(2)]),
      ['total', (memory.total / GIB).toFixed(2)],
    ]),
  ].join('\n\n');
}

const issueLines = (issues: readonly Issue[]): string =>
  issues.map(({ path, message }) => `${path}: ${message}\n`).join('');

function main(): void {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { json: { type: 'boolean', default: false } },
  });
  const [file] = positionals;
  if (file === undefined || positionals.length > 1) throw new Error('Name one file with a scenario.');
  const scenario = scenarioIn(file);
  const outcome = trainingStep(scenario);
  const issues = outcome.ok ? outcome.value.issues : outcome.issues;
  if (values.json) {
    const shown = outcome.ok ? outcome.value : { issues };
    process.stdout.write(`${JSON.stringify(shown, null, 2)}\n`);
  } else {
    if (outcome.ok) process.stdout.write(`${text(scenario, outcome.value)}\n`);
    process.stderr.write(issueLines(issues));
  }
  if (issues.length > 0) process.exitCode = 1;
}

try {
  main();
} catch (error) {
  process.stderr.write(`estimate: ${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
}
