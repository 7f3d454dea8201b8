/** How a run's work was split over its GPUs and its batch into micro-batches. */
import { countParameters, type Model } from '#estimator';
import type { Cluster, FrameworkFamily, Parallelism, TrainingScenario, ZeroStage } from '#estimator';
import type { Filled } from './filled.ts';
import type { MeasuredRun } from './measured-run.ts';

const ZERO: Readonly<Record<FrameworkFamily, ZeroStage>> = {
  'megatron-2021': 0,
  'megatron-2022': 0,
  'megatron-core': 1,
  fsdp: 3,
  deepspeed: 3,
  nanotron: 1,
};

/** Bytes of weights and gradients a parameter that no sharded optimizer takes away, and the share they may fill. */
const RESIDENT_BYTES = 6;
const RESIDENT_SHARE = 0.5;

const divides = (part: number, whole: number): boolean => whole % part === 0;

/**
 * A split for a Megatron run that prints none: the smallest powers of two, tensor parallelism first and inside the
 * server, then pipeline stages, for which weights and gradients fill at most half of the memory and every rank has a
 * sequence to work on.
 */
function usualSplit(
  model: Model,
  { gpu, gpus, gpusPerNode }: Cluster,
  sequences: number,
): readonly [number, number] {
  const bytes = RESIDENT_BYTES * countParameters(model).total;
  let tensor = 1;
  let pipeline = 1;
  const tight = (): boolean =>
    bytes / (tensor * pipeline) > RESIDENT_SHARE * gpu.memory || gpus / (tensor * pipeline) > sequences;
  while (tight() && divides(tensor * 2, gpusPerNode) && divides(tensor * 2, model.heads)) tensor *= 2;
  while (tight() && divides(tensor * pipeline * 2, gpus) && pipeline * 2 <= model.layers) pipeline *= 2;
  return [tensor, pipeline];
}

/** Context parallelism: as printed, else what the other printed degrees leave of the GPUs. */
function contextOf({ tp, pp, cp, dp }: MeasuredRun['execution'], { gpus }: Cluster, filled: Filled): number {
  const rest = tp && pp && dp ? gpus / (tp * pp * dp) : 1;
  if (cp !== undefined || rest === 1 || !Number.isInteger(rest)) return cp ?? 1;
  filled.note('cp', `${rest}, what gpus, tp, pp and dp leave`);
  return rest;
}

interface Degrees {
  readonly tensor: number;
  readonly pipeline: number;
  readonly context: number;
}

function degreesOf(
  { execution }: MeasuredRun,
  model: Model,
  cluster: Cluster,
  family: FrameworkFamily,
  filled: Filled,
): Degrees {
  const { tp, pp, dp } = execution;
  const context = contextOf(execution, cluster, filled);
  if (tp !== undefined && pp !== undefined) return { tensor: tp, pipeline: pp, context };
  if (family === 'fsdp' || family === 'deepspeed') {
    filled.note('tp, pp', `${tp ?? 1} and ${pp ?? 1}, as ${family} splits weights by itself`);
    return { tensor: tp ?? 1, pipeline: pp ?? 1, context };
  }
  const rest = dp === undefined ? undefined : cluster.gpus / (dp * context * (tp ?? pp ?? 1));
  if (rest !== undefined && Number.isInteger(rest) && (tp ?? pp) !== undefined) {
    filled.note(tp === undefined ? 'tp' : 'pp', `${rest}, what gpus and dp leave`);
    return { tensor: tp ?? rest, pipeline: pp ?? rest, context };
  }
  const [tensor, pipeline] = usualSplit(model, cluster, (execution.globalBatch ?? Infinity) * context);
  filled.note(
    'tp, pp',
    `${tp ?? tensor} and ${pp ?? pipeline}, the smallest that hold weights and gradients in half the memory`,
  );
  return { tensor: tp ?? tensor, pipeline: pp ?? pipeline, context };
}

/** Frameworks in which experts are split by themselves (Liu 2025), and then usually are not. */
const FOLDING = /folding|bridge|nemo\D{0,3}2[5-9]|\bv2[5-9]\.\d/i;

function expertSplit(
  { execution }: MeasuredRun,
  model: Model,
  tensor: number,
  ranks: number,
  filled: Filled,
): Pick<Parallelism, 'expertParallel' | 'expertTensorParallel'> {
  const { moe } = model;
  if (!moe) return { expertParallel: 1, expertTensorParallel: 1 };
  const expertParallel = filled.or('ep', execution.ep, () => {
    if (execution.zeroStage === 3) return [1, 'weights are sharded instead'];
    let degree = 1;
    while (degree < 8 && divides(degree * 2, moe.experts) && divides(degree * 2, ranks)) degree *= 2;
    return [degree, 'the largest power of two up to 8 that divides experts and ranks'];
  });
  const folded = FOLDING.test(execution.framework ?? '') || expertParallel > ranks;
  const expertTensorParallel = filled.or('etp', execution.etp, () =>
    folded || tensor === 1 ? [1, 'experts are not split'] : [tensor, 'as outside the experts'],
  );
  return { expertParallel, expertTensorParallel };
}

/** The degrees of parallelism, or why the run's own do not fit its GPUs. `gpus` is the truth, `dp` what is left. */
export function parallelismOfRun(
  run: MeasuredRun,
  model: Model,
  cluster: Cluster,
  family: FrameworkFamily,
  filled: Filled,
): Parallelism | string {
  const { execution } = run;
  const { tensor, pipeline, context } = degreesOf(run, model, cluster, family, filled);
  const ways = tensor * pipeline * context;
  const data = cluster.gpus / ways;
  if (!Number.isInteger(data))
    return `${cluster.gpus} GPUs are no multiple of tp ${tensor} x pp ${pipeline} x cp ${context}`;
  if (execution.dp !== undefined && execution.dp !== data)
    filled.note('dp', `${data} = gpus / (tp x pp x cp), where the source prints ${execution.dp}`);
  if (pipeline > model.layers) return `${pipeline} pipeline stages for ${model.layers} layers`;
  const stage = execution.zeroStage;
  if (stage !== undefined && ![0, 1, 2, 3].includes(stage)) return `there is no ZeRO stage ${stage}`;
  const interleaved = /1f1b-i\b/i.test(execution.framework ?? '');
  const twoChunks = /interleaved/i.test(execution.framework ?? '');
  return {
    tensorParallel: tensor,
    pipelineParallel: pipeline,
    virtualPipeline:
      pipeline === 1
        ? 1
        : filled.or('vpp', execution.vpp, () =>
            interleaved || (family === 'megatron-core' && divides(pipeline, model.layers))
              ? [Math.ceil(model.layers / pipeline), 'as many chunks as layers in a stage, the habit of NeMo']
              : twoChunks
                ? [2, 'two chunks, the least that interleaves']
                : [1, 'not interleaved'],
          ),
    contextParallel: context,
    ...expertSplit(run, model, tensor, data * context, filled),
    sequenceParallel:
      tensor > 1 &&
      filled.or('sequenceParallel', execution.sequenceParallel, () => {
        const usual = family === 'megatron-core' || family === 'fsdp';
        return [usual, `the habit of the ${family} family`];
      }),
    zeroStage: filled.or('zeroStage', stage as ZeroStage | undefined, () => {
      const named = /zero-?3|fsdp/i.test(execution.framework ?? '');
      // Nobody combines sharded weights with a DeepSpeed pipeline.
      const usual = family === 'deepspeed' && tensor * pipeline > 1 ? 1 : ZERO[family];
      return [named ? 3 : usual, `the habit of the ${family} family`];
    }),
  };
}

type Batch = Pick<TrainingScenario, 'microBatch' | 'globalBatch'>;

/** Tokens in a step by parameters, for runs that print no batch at all (Brown 2020, table 2.1). */
const TOKENS_A_STEP: readonly (readonly [number, number])[] = [
  [1e9, 0.5e6],
  [3e9, 1e6],
  [15e9, 2e6],
  [Infinity, 3.2e6],
];

/** Tokens in the micro-batch of a model that one GPU holds alone: enough to fill its matrix products. */
const TOKENS_A_PASS = 8192;

/** The largest power of two of sequences that stays within `TOKENS_A_PASS` and divides what a rank gets in a step. */
function fullMicroBatch(sequence: number, perRank: number): number {
  let size = 1;
  while (2 * size * sequence <= TOKENS_A_PASS && divides(2 * size, perRank)) size *= 2;
  return size;
}

/** A printed batch this near to a legal one is taken for a rounded figure. */
const ROUNDING = 0.01;

function globalBatchOf(run: MeasuredRun, cluster: Cluster, data: number): readonly [number, string] | null {
  const { execution, measured, model } = run;
  const { microBatch, gradAccum } = execution;
  if (microBatch && gradAccum) return [microBatch * gradAccum * data, 'microBatch x gradAccum x dp'];
  const { stepTimeS, tokensPerSecPerGpu } = measured;
  if (!stepTimeS || !tokensPerSecPerGpu || !model.seqLen) return null;
  const sequences = (stepTimeS * tokensPerSecPerGpu * cluster.gpus) / model.seqLen;
  return [Math.max(1, Math.round(sequences / data)) * data, 'step time x throughput'];
}

/** Sequences in a micro-batch and in a step, or why the run's own contradict its data parallelism. */
export function batchOfRun(
  run: MeasuredRun,
  model: Model,
  cluster: Cluster,
  { tensorParallel, pipelineParallel, contextParallel, zeroStage }: Parallelism,
  filled: Filled,
): Batch | string {
  const { execution } = run;
  const data = cluster.gpus / (tensorParallel * pipelineParallel * contextParallel);
  const { globalBatch: printed, gradAccum } = execution;
  const perRank = printed && printed / data;
  const microBatch = filled.or('microBatch', execution.microBatch, () => {
    const derived = perRank && gradAccum ? perRank / gradAccum : undefined;
    if (derived && Number.isInteger(derived)) return [derived, 'globalBatch / (dp x gradAccum)'];
    if (perRank && pipelineParallel > 1 && /titan/i.test(execution.framework ?? ''))
      return [
        Math.max(1, Math.floor(perRank / pipelineParallel)),
        'torchtitan cuts the batch of a rank into as many micro-batches as there are stages',
      ];
    const full = fullMicroBatch(model.sequence, perRank ?? TOKENS_A_PASS);
    return tensorParallel * pipelineParallel === 1
      ? [full, `the largest power of two within ${TOKENS_A_PASS} tokens, as the model is not split`]
      : [1, 'the least, as is usual for a model that is split'];
  });
  const globalBatch = filled.or('globalBatch', printed, () => {
    const measured = globalBatchOf(run, cluster, data);
    if (measured) return measured;
    if (zeroStage === 3 && pipelineParallel === 1 && execution.microBatch)
      return [data * microBatch, 'one micro-batch per rank, as is usual where weights are sharded'];
    const parameters = countParameters(model).total;
    const tokens = TOKENS_A_STEP.find(([most]) => parameters <= most)?.[1] ?? 0;
    const passes = Math.max(1, Math.round(tokens / model.sequence / (data * microBatch)));
    return [passes * data * microBatch, `about the ${tokens / 1e6}M tokens of a GPT-3 of its size`];
  });
  const slice = data * microBatch;
  const whole = Math.round(globalBatch / slice) * slice;
  if (Math.abs(whole - globalBatch) > ROUNDING * globalBatch)
    return `a global batch of ${globalBatch} is no multiple of dp ${data} x micro-batch ${microBatch}`;
  if (whole !== globalBatch) filled.note('globalBatch', `${whole}, the nearest multiple to ${globalBatch}`);
  return { microBatch, globalBatch: whole };
}
