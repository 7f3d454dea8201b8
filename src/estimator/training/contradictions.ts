import { divisorsOf, nearestMultiples } from './nearest.ts';
import {
  dataParallelOf,
  microBatchesOf,
  type FrameworkFamily,
  type Parallelism,
  type TrainingScenario,
} from './types.ts';
import type { Model } from '../types.ts';

/** Fields that can contradict others. */
export type SplitField =
  Exclude<keyof Parallelism, 'sequenceParallel' | 'zeroStage'> | 'gpus' | 'globalBatch';

/** One field that does not fit the others, as they are. */
export interface Contradiction {
  readonly path: SplitField;
  /** What the field must be: a clause that legal values complete. */
  readonly rule: string;
  /** Values of the field that may be legal, in any order; some may be too large for it. */
  readonly candidates: () => readonly number[];
}

/** Layouts that do not divide evenly, which a framework allows because it balances stages by itself. */
const UNEVEN: ReadonlySet<FrameworkFamily> = new Set(['megatron-core', 'fsdp', 'deepspeed', 'nanotron']);

/** Embedding, logits or both may take a layer's place (Llama 3's 126 layers on 16 stages). */
const ENDS = [0, 1, 2];

const only = (...values: readonly number[]) => ({ candidates: () => values });

/** The layers on the stages of the pipeline and their chunks. */
export function stageContradictions({
  model,
  parallelism,
  framework,
  schedule,
  cluster,
}: Pick<TrainingScenario, 'model' | 'framework' | 'schedule' | 'cluster'> & {
  readonly parallelism: Pick<Parallelism, 'pipelineParallel' | 'virtualPipeline'>;
}): readonly Contradiction[] {
  const { pipelineParallel: stages, virtualPipeline: chunks } = parallelism;
  const { layers } = model;
  const slots = stages * chunks;
  const onStages = (rule: string): readonly Contradiction[] => {
    const candidates = (): readonly number[] => [
      ...ENDS.flatMap((ends) => divisorsOf((layers + ends) / chunks)),
      ...divisorsOf(cluster.gpus),
      Math.max(1, Math.floor(layers / chunks)),
      stages - 1,
      stages + 1,
    ];
    return [{ path: 'pipelineParallel', rule, candidates }];
  };
  const onChunks = (rule: string): readonly Contradiction[] => {
    const candidates = (): readonly number[] => [
      ...ENDS.flatMap((ends) => divisorsOf((layers + ends) / stages)),
      Math.floor(layers / stages),
      1,
    ];
    return [{ path: 'virtualPipeline', rule, candidates }];
  };
  if (chunks > 1 && stages === 1)
    return [
      {
        path: 'virtualPipeline',
        rule: 'virtualPipeline interleaves stages; with one it must be',
        ...only(1),
      },
    ];
  if (chunks > 1 && schedule !== 'interleaved')
    return [
      { path: 'virtualPipeline', rule: `virtualPipeline must, in the ${schedule} schedule, be`, ...only(1) },
    ];
  if (schedule === 'dualpipe' && stages % 2 === 1 && stages > 1)
    return onStages('pipelineParallel must be even, since DualPipe folds the pipeline');
  const even = ENDS.some((ends) => (layers + ends) % slots === 0);
  if (even) return [];
  if (stages > layers)
    return onStages(`pipelineParallel must leave each of ${stages} stages some of ${layers} layers`);
  if (slots > layers)
    return onChunks(`virtualPipeline must leave each of ${slots} chunks some of ${layers} layers`);
  if (UNEVEN.has(framework)) return [];
  return layers % stages === 0
    ? onChunks(`virtualPipeline must divide the ${layers / stages} layers of a stage evenly`)
    : onStages(
        `pipelineParallel must divide the ${layers} layers${chunks > 1 ? ` in ${chunks} chunks a stage` : ''} evenly`,
      );
}

type Slices = Pick<Parallelism, 'tensorParallel' | 'contextParallel' | 'sequenceParallel'>;

/** The first count that tensor parallelism should divide and does not. */
function tensorRule({ heads, kvHeads, ffn, sequence, mla }: Model, parallelism: Slices): string | undefined {
  const { tensorParallel: ranks, contextParallel, sequenceParallel } = parallelism;
  const shared = mla ? ranks : kvHeads;
  const tokens = sequence / contextParallel;
  if (heads % ranks !== 0) return `divide the ${heads} attention heads evenly`;
  if (shared % ranks !== 0 && ranks % shared !== 0)
    return `divide the ${kvHeads} heads of keys and values evenly, or be a multiple of them`;
  if (ffn % ranks !== 0) return `divide the ${ffn} rows of the MLP evenly`;
  if (sequenceParallel && Number.isInteger(tokens) && tokens % ranks !== 0)
    return `divide the ${tokens} tokens of a rank's sequence evenly`;
  return undefined;
}

/** The model's widths and its sequence between tensor- and context-parallel ranks. */
export function sliceContradictions(model: Model, parallelism: Slices): readonly Contradiction[] {
  const found: Contradiction[] = [];
  const tensor = tensorRule(model, parallelism);
  if (tensor)
    found.push({
      path: 'tensorParallel',
      rule: `tensorParallel must ${tensor}`,
      candidates: () => divisorsOf(model.heads),
    });
  if (model.sequence % parallelism.contextParallel !== 0)
    found.push({
      path: 'contextParallel',
      rule: `contextParallel must divide the ${model.sequence} tokens of a sequence evenly`,
      candidates: () => divisorsOf(model.sequence),
    });
  return found;
}

const EXPERT_DEGREES = ['expertParallel', 'expertTensorParallel'] as const;

/** `ranks` of a pipeline stage are shared out between tensor, context and data parallelism, and between experts. */
export function expertContradictions(
  { moe }: Model,
  parallelism: Pick<Parallelism, 'expertParallel' | 'expertTensorParallel'>,
  ranks: number,
): readonly Contradiction[] {
  if (!moe)
    return EXPERT_DEGREES.filter((path) => parallelism[path] > 1).map((path) => ({
      path,
      rule: `${path} must, in a model without experts, be`,
      ...only(1),
    }));
  const { expertParallel, expertTensorParallel } = parallelism;
  const found: Contradiction[] = [];
  const mustDivide = (
    path: (typeof EXPERT_DEGREES)[number],
    parts: number,
    whole: number,
    of: string,
  ): void => {
    if (whole % parts === 0) return;
    const most = path === 'expertParallel' ? moe.experts : moe.expertFfn;
    found.push({
      path,
      rule: `${path} must divide the ${whole} ${of} evenly`,
      candidates: () => divisorsOf(most),
    });
  };
  mustDivide('expertParallel', expertParallel, moe.experts, 'experts');
  mustDivide('expertTensorParallel', expertTensorParallel, moe.expertFfn, 'rows of an expert');
  if (found.length > 0) return found;
  mustDivide('expertTensorParallel', expertTensorParallel, ranks, 'ranks of a stage');
  if (found.length > 0) return found;
  const slices = ranks / expertTensorParallel;
  mustDivide(
    'expertParallel',
    expertParallel,
    slices,
    'ranks of a stage (data x context x tensor / expertTensorParallel)',
  );
  return found;
}

/** GPUs and the ways they are split, without data parallelism. */
export function splitContradictions(
  { cluster, globalBatch, microBatch }: Pick<TrainingScenario, 'cluster' | 'globalBatch' | 'microBatch'>,
  ways: number,
): readonly Contradiction[] {
  if (cluster.gpus % ways === 0) return [];
  const candidates = (): readonly number[] => [
    ...nearestMultiples(ways, cluster.gpus),
    ...divisorsOf(globalBatch / microBatch).map((data) => data * ways),
  ];
  const rule = `gpus must be a multiple of tensor x pipeline x context parallelism (${ways})`;
  return [{ path: 'gpus', rule, candidates }];
}

/** The batch between data-parallel ranks. */
export function batchContradictions(
  globalBatch: number,
  microBatch: number,
  data: number,
): readonly Contradiction[] {
  const slice = data * microBatch;
  if (globalBatch % slice === 0) return [];
  return [
    {
      path: 'globalBatch',
      rule: `globalBatch must be a multiple of ${data} data-parallel ranks x ${microBatch} sequences`,
      candidates: () => nearestMultiples(slice, globalBatch),
    },
  ];
}

/** Megatron-LM's interleaved schedule before Core took micro-batches in groups as large as there are stages only. */
const WHOLE_GROUPS: ReadonlySet<FrameworkFamily> = new Set(['megatron-2021', 'megatron-2022']);

/**
 * Interleaving needs enough micro-batches to go round the stages. PyTorch's schedule makes do with fewer.
 * @source Megatron-LM, core/pipeline_parallel/schedules.py: at least as many as stages; before Core a multiple of them
 *   (Narayanan 2021, section 2.2)
 */
export function interleavingContradictions(
  framework: FrameworkFamily,
  { pipelineParallel: stages, virtualPipeline }: Pick<Parallelism, 'pipelineParallel' | 'virtualPipeline'>,
  microBatches: number,
): readonly Contradiction[] {
  if (virtualPipeline === 1 || framework === 'fsdp') return [];
  const whole = WHOLE_GROUPS.has(framework);
  if (whole ? microBatches % stages === 0 : microBatches >= stages) return [];
  const need = whole ? `in multiples of the ${stages} stages` : `for each of the ${stages} stages`;
  return [
    {
      path: 'virtualPipeline',
      rule: `virtualPipeline needs micro-batches ${need}, and there are ${microBatches}: it must be`,
      ...only(1),
    },
  ];
}

/** Rule by rule, so that who only asks whether there is one stops at the first. */
function* inOrder(scenario: TrainingScenario): Generator<Contradiction, void, void> {
  const { model, cluster, parallelism, globalBatch, microBatch, framework } = scenario;
  const { tensorParallel, pipelineParallel, contextParallel } = parallelism;
  yield* sliceContradictions(model, parallelism);
  yield* stageContradictions(scenario);
  const split = splitContradictions(scenario, tensorParallel * pipelineParallel * contextParallel);
  yield* split;
  if (split.length > 0) return;
  yield* expertContradictions(model, parallelism, cluster.gpus / pipelineParallel);
  const batch = batchContradictions(globalBatch, microBatch, dataParallelOf(scenario));
  yield* batch;
  if (batch.length > 0) return;
  yield* interleavingContradictions(framework, parallelism, microBatchesOf(scenario));
}

/**
 * What contradicts what in a scenario whose fields are legal one by one. Each rule is a function of what it looks at, so
 * that a planner can ask it once for many plans.
 */
export const contradictionsOf = (scenario: TrainingScenario): readonly Contradiction[] => [
  ...inOrder(scenario),
];

/** Whether {@link contradictionsOf} has anything to say. */
export const isContradictory = (scenario: TrainingScenario): boolean => !inOrder(scenario).next().done;
