import { countParameters } from '../parameters.ts';
import {
  dataParallelOf,
  type Parallelism,
  type TrainingScenario,
  type ZeroStage,
} from '../training/types.ts';
import type { Bytes } from '../units.ts';
import { elementBytes, memoryRules, residentWeightBytes } from './family-rules.ts';
import { layerMemory, type LayerMemory, outerNormParameters } from './layer-memory.ts';

/** What memory depends on besides the pipeline, data parallelism and the number of GPUs. */
export type MemoryCut = Pick<
  TrainingScenario,
  | 'model'
  | 'microBatch'
  | 'precision'
  | 'recompute'
  | 'framework'
  | 'fusedAttention'
  | 'kernels'
  | 'gradientFormat'
> & {
  readonly parallelism: Omit<Parallelism, 'pipelineParallel' | 'virtualPipeline'>;
};

/** Everything that {@link stageBytes} needs of a scenario, as numbers: computed once for many pipelines. */
export interface MemoryRates {
  readonly dense: LayerMemory;
  /** A layer with experts; the dense one again in a model without. */
  readonly moe: LayerMemory;
  /** Tables of the first stage (input and learned positions) and of the last (norm, output), parameters. */
  readonly embedding: number;
  readonly output: number;
  /** Parameters that both ends share when they sit on one stage: a tied table. */
  readonly tied: number;
  /** Kept of one micro-batch behind the embedding and before the logits, bytes. */
  readonly embeddingKept: Bytes;
  readonly outputKept: Bytes;
  /** The logits and their copies at the loss, bytes. */
  readonly logits: Bytes;
  /** What a stage sent on and keeps, of one micro-batch, bytes. */
  readonly sent: Bytes;
  /** Bytes a parameter: weights between steps, gradients, master weights and moments, buffers to reduce in. */
  readonly weights: number;
  readonly gradients: number;
  readonly optimizer: number;
  readonly reduceBuffer: number;
  /** Bytes a parameter of the gradients that a rank flattens for its part of the optimizer's step. */
  readonly flattened: number;
  /** Reduction buffers of fixed size, bytes. */
  readonly buckets: Bytes;
  /** Bytes of a weight as GEMMs read it, gathered by a ZeRO-3 rank. */
  readonly gathered: number;
}

/** The rates of a cut. */
export function memoryRates(cut: MemoryCut): MemoryRates {
  const { model, microBatch, precision, recompute, framework, fusedAttention, parallelism } = cut;
  const rules = memoryRules(cut);
  const options = { microBatch, precision, recompute, framework, fusedAttention, ...parallelism };
  const t = parallelism.tensorParallel;
  // With fewer key heads than ranks the ranks hold copies: the model then counts as one with as many key heads.
  const kvHeads = Math.max(model.kvHeads, Math.min(t, model.heads));
  const held = model.mla || kvHeads === model.kvHeads ? model : { ...model, kvHeads };
  const count = countParameters(held);
  const tokens = (microBatch * model.sequence) / parallelism.contextParallel;
  const rows = parallelism.sequenceParallel ? tokens / t : tokens;
  const element = elementBytes(precision);
  const table = (model.vocab * model.hidden) / t;
  const norm = outerNormParameters(model);
  const first = model.embeddingNorm ? norm / 2 : 0;
  const dense = layerMemory(held, options, rules, false, count);
  return {
    dense,
    moe: model.moe ? layerMemory(held, options, rules, true, count) : dense,
    embedding: table + count.parts.positions + first,
    output: (model.tiedEmbeddings ? table : count.parts.output / t) + norm - first,
    tied: model.tiedEmbeddings ? table : 0,
    embeddingKept: (rules.dropout ? rows * model.hidden : 0) + 8 * tokens,
    outputKept: element * model.hidden * (rows + (rules.keepsGathered ? tokens : rows)),
    logits: (rules.bytesPerLogit * tokens * model.vocab) / (rules.splitLogits ? t : 1),
    sent: rules.keepsOutputs ? element * rows * model.hidden : 0,
    weights: residentWeightBytes(precision, rules),
    gradients: rules.recipe.gradients,
    optimizer: rules.recipe.master + rules.recipe.moments,
    reduceBuffer: rules.reduceBuffer,
    flattened: rules.recipe.gradients === 2 ? rules.flattened : 0,
    buckets: rules.buckets,
    gathered: element,
  };
}

/** Ranks over which optimizer, gradients and weights are shared out: of what all ranks have, and of routed experts. */
export interface ShardGroups {
  readonly zeroStage: ZeroStage;
  readonly shards: number;
  readonly expertShards: number;
}

/** The groups of a scenario: data x context parallel, and those of them that hold the same experts. */
export function shardGroupsOf(scenario: TrainingScenario): ShardGroups {
  const { contextParallel, tensorParallel, expertParallel, expertTensorParallel, zeroStage } =
    scenario.parallelism;
  const shards = dataParallelOf(scenario) * contextParallel;
  const expertShards = Math.max(1, (shards * tensorParallel) / (expertParallel * expertTensorParallel));
  return { zeroStage, shards, expertShards };
}
