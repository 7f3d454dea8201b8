import {
  checkMemory,
  smallestChange,
  type Setting,
  type SmallestChange,
  type TrainingScenario,
} from '#estimator';
import { formatQuantity, whole } from '#format';
import { checkField, type Changes, type FieldKey, type Scenario, type Values } from '#scenario';
import { memoryQuestionOf } from '../step/memory-question.ts';

/** A change that makes the step fit: what it is called, and what it sets on the page. */
export interface Fix {
  readonly text: string;
  readonly changes: Changes;
}

const NAMES: Readonly<Record<Setting['path'], (to: Setting['to']) => string>> = {
  sequenceParallel: () => 'sequence parallelism',
  fusedAttention: () => 'FlashAttention',
  zeroStage: (to) => `ZeRO-${String(to)}`,
  virtualPipeline: (to) => (to === 1 ? 'no interleaving' : `${String(to)} chunks a stage`),
  pipelineParallel: (to) => (to === 1 ? 'no pipeline' : `${String(to)} pipeline stages`),
  tensorParallel: (to) => `tensor parallelism of ${String(to)}`,
  contextParallel: (to) => `context parallelism of ${String(to)}`,
  expertParallel: (to) => `expert parallelism of ${String(to)}`,
  recompute: (to) => `${String(to)} recomputation`,
  microBatch: (to) => `a micro-batch of ${String(to)}`,
  gpus: (to) => `${whole(Number(to))} GPUs`,
};

const listed = (names: readonly string[]): string =>
  [names.slice(0, -1).join(', '), names.at(-1)].filter(Boolean).join(' and ');

/** `steps 10% longer`: what a change costs in time. */
function timeOf({ seconds, secondsBefore }: SmallestChange): string {
  const ratio = seconds / secondsBefore - 1;
  if (Math.abs(ratio) < 0.005) return 'as fast';
  const percent = formatQuantity({ value: Math.abs(ratio), unit: 'ratio', digits: 2 });
  return `steps ${percent} ${ratio > 0 ? 'longer' : 'shorter'}`;
}

/** What the page's fields have to say for a step, where they can and do not say it already. */
function changesTo(values: Values, { parallelism: p, cluster, ...rest }: TrainingScenario): Changes {
  const wanted: Partial<Values> = {
    gpus: cluster.gpus,
    globalBatch: rest.globalBatch,
    stepTensor: String(p.tensorParallel),
    stepPipeline: String(p.pipelineParallel),
    stepContext: String(p.contextParallel),
    stepExpert: String(p.expertParallel),
    stepZero: String(p.zeroStage) as Values['stepZero'],
    stepMicro: String(rest.microBatch),
    recompute: rest.recompute,
    memoryAttention: rest.fusedAttention ? 'fused' : 'scores',
    ...(p.pipelineParallel > 1 && { stepChunks: String(p.virtualPipeline) }),
    ...(p.tensorParallel > 1 && { stepSequence: p.sequenceParallel ? 'split' : 'whole' }),
  };
  return Object.fromEntries(
    Object.entries(wanted).filter(
      ([key, value]) => values[key as FieldKey] !== value && checkField(key as FieldKey, value) === null,
    ),
  );
}

/** The page as it would be with some values changed: all that a step reads of it. */
const changed = (page: Scenario, changes: Changes): Scenario => {
  const values = { ...page.values, ...changes } as Values;
  const { recompute, globalBatch, gpus } = values;
  return {
    ...page,
    values,
    cluster: { ...page.cluster, gpus },
    execution: { ...page.execution, recompute, globalBatch },
  };
};

/**
 * The smallest change with which the step fits, as changes of the page's fields. Null where there is none, or where the
 * form has no such choice: what a button promises has to come true.
 */
export function fixOf(page: Scenario, scenario: TrainingScenario): Fix | null {
  const found = smallestChange(scenario);
  if (!found || found.changes.length === 0) return null;
  const changes = changesTo(page.values, found.scenario);
  const then = memoryQuestionOf(changed(page, changes));
  if (!then.ok || checkMemory(then.value.scenario).length > 0) return null;
  const after = formatQuantity({ value: found.after, unit: 'B', as: 'GiB' });
  const names = listed(found.changes.map(({ path, to }) => NAMES[path](to)));
  const time = found.changes.some(({ path }) => path === 'gpus') ? '' : `, ${timeOf(found)}`;
  return { text: `${names} (${after}${time})`, changes };
}
