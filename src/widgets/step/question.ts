import { gpus, models } from '#catalog';
import { clusterOf, nodes } from '#catalog/nodes.ts';
import {
  checkScenario,
  failed,
  ok,
  type Cluster,
  type Issue,
  type Model,
  type Outcome,
  type TrainingPrecision,
  type TrainingScenario,
} from '#estimator';
import { significant } from '#format';
import { baseModel, decodeShape, type FieldKey, type Scenario, type Values } from '#scenario';

/** A training step of the reader's, and what of it had to change because it does not divide. */
export interface StepQuestion {
  readonly scenario: TrainingScenario;
  readonly changed: readonly { readonly name: string; readonly from: number; readonly to: number }[];
}

/** What a GPU of the catalogue without a server there stands in: eight to a node. */
const BARE = { gpusPerNode: 8, pcieBandwidth: 32e9 } as const;

/** A cluster of that GPU on InfiniBand: the cells that put this question ask for its rate, and not for another network. */
export function machineOf(gpu: string, count: number): Cluster {
  const node = nodes.find((candidate) => candidate.gpu === gpu);
  if (node) {
    const { networkLatency: _, ...cluster } = clusterOf(node, count);
    return cluster;
  }
  const found = gpus.find(({ id }) => id === gpu)!;
  const nvlinkDomain = found.nvlinkBandwidth > 0 ? BARE.gpusPerNode : 1;
  return { gpu: found, gpus: count, ...BARE, nvlinkDomain, networkBandwidth: 25e9 };
}

/** What the model is called whose shape a step has. A number typed for N makes no other shape. */
export const nameOf = ({ values, model }: Scenario): string =>
  baseModel(values.model, values.shape)?.name ?? model.name;

export function shapeOf({ model, shape }: Values): Model | null {
  return model === 'custom' ? decodeShape(shape) : (models.find(({ id }) => id === model)?.shape ?? null);
}

const PRECISIONS: readonly string[] = ['fp16', 'bf16', 'fp8', 'fp32'] satisfies TrainingPrecision[];

/** The format that matrix products run in: the page's, or the best 16-bit one of the GPU where training does not know it. */
export function precisionOf({ cluster, execution }: Scenario): TrainingPrecision {
  const wanted = PRECISIONS.includes(execution.precision) ? execution.precision : 'bf16';
  return cluster.gpu.peak[wanted] === undefined ? 'fp16' : (wanted as TrainingPrecision);
}

const NAMES: Readonly<Record<string, string>> = {
  tensorParallel: 'tensor parallel',
  pipelineParallel: 'pipeline stages',
  virtualPipeline: 'chunks a stage',
  gpus: 'GPUs',
  globalBatch: 'sequences in a step',
  expertParallel: 'expert parallel',
  expertTensorParallel: 'tensor parallel inside an expert',
};

/** How a step is split, in words. */
export function splitText({ parallelism }: TrainingScenario): string {
  const { tensorParallel, pipelineParallel, virtualPipeline, contextParallel, expertParallel } = parallelism;
  return [
    `tensor ${tensorParallel}`,
    `stages ${pipelineParallel}${virtualPipeline > 1 ? ` in ${virtualPipeline} chunks` : ''}`,
    ...(contextParallel > 1 ? [`context ${contextParallel}`] : []),
    ...(expertParallel > 1 ? [`experts ${expertParallel}`] : []),
  ].join(', ');
}

/** What of the split had to change: a sentence, or none. */
export function changedText({ changed }: Pick<StepQuestion, 'changed'>): string[] {
  if (changed.length === 0) return [];
  // One degree may have moved twice: it is told once, from what was asked to what is counted.
  const moved = [...new Set(changed.map(({ name }) => name))].map((name) => {
    const steps = changed.filter((step) => step.name === name);
    return `${name} ${significant(steps.at(-1)!.to, 9)} instead of ${significant(steps[0]!.from, 9)}`;
  });
  return [`As asked it does not divide; nearest: ${moved.join(', ')}.`];
}

/** Degrees meet in products, so one change may call for another; these are as many as there are degrees, twice. */
const MOST_CHANGES = 12;

function withValue(s: TrainingScenario, path: string, value: number): TrainingScenario {
  if (path === 'gpus') return { ...s, cluster: { ...s.cluster, gpus: value } };
  if (path === 'globalBatch') return { ...s, globalBatch: value };
  const parallelism = { ...s.parallelism, [path]: value };
  const schedule = parallelism.virtualPipeline > 1 ? 'interleaved' : '1f1b';
  return { ...s, parallelism, schedule };
}

const valueOf = (s: TrainingScenario, path: string): number =>
  path === 'gpus'
    ? s.cluster.gpus
    : path === 'globalBatch'
      ? s.globalBatch
      : Number(s.parallelism[path as keyof TrainingScenario['parallelism']]);

/** Takes the nearest legal value wherever the split does not divide: a slider passes many such places. */
export function settled(
  first: TrainingScenario,
  fields: Readonly<Record<string, FieldKey>>,
): Outcome<StepQuestion> {
  const changed: { name: string; from: number; to: number }[] = [];
  let scenario = first;
  for (let i = 0; i < MOST_CHANGES; i++) {
    const issues = checkScenario(scenario);
    if (issues.length === 0) return ok({ scenario, changed });
    const next = issues.find(
      ({ path, limit, nearest }) => path in NAMES && (nearest?.[0] ?? limit) !== undefined,
    );
    if (!next) return failed(...atFields(issues, fields));
    const to = (next.nearest?.[0] ?? next.limit)!;
    changed.push({ name: NAMES[next.path]!, from: valueOf(scenario, next.path), to });
    scenario = withValue(scenario, next.path, to);
  }
  return failed(...atFields(checkScenario(scenario), fields));
}

const atFields = (issues: readonly Issue[], fields: Readonly<Record<string, FieldKey>>): Issue[] =>
  issues.map((issue) => ({ ...issue, path: fields[issue.path] ?? 'model' }));
