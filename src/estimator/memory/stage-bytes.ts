import type { ZeroStage } from '../training/types.ts';
import type { Bytes } from '../units.ts';
import { FRAGMENTATION } from './framework-overhead.ts';
import type { LayerMemory } from './layer-memory.ts';
import type { MemoryRates, ShardGroups } from './memory-rates.ts';

/** One pipeline stage: what sits on it and how much of it is under way. Mutable, so that a planner can reuse one. */
export interface StageLoad {
  denseLayers: number;
  moeLayers: number;
  /** Copies of its layers: 2 in DualPipe. */
  copies: number;
  /** Holds the embedding; holds the logits. */
  first: boolean;
  last: boolean;
  inFlight: number;
  /** One of several stages. */
  pipelined: boolean;
  /** Layers that full recomputation covers on this stage. */
  recomputed: number;
}

/** Parameters of the tables at the model's ends that sit on the stage; a tied one counts once. */
export const endParameters = (rates: MemoryRates, stage: StageLoad): number =>
  (stage.first ? rates.embedding : 0) +
  (stage.last ? rates.output : 0) -
  (stage.first && stage.last ? rates.tied : 0);

/** Parameters on the stage that all data-parallel ranks hold. */
export function stageParameters(rates: MemoryRates, stage: StageLoad): number {
  const layers = stage.denseLayers * rates.dense.parameters + stage.moeLayers * rates.moe.parameters;
  return stage.copies * layers + endParameters(rates, stage);
}

/** Parameters of routed experts on the stage. */
export const stageExpertParameters = (rates: MemoryRates, stage: StageLoad): number =>
  stage.copies * stage.moeLayers * rates.moe.expertParameters;

/** A state of so many bytes a parameter, shared out from a ZeRO stage on. */
function shared(
  bytes: number,
  parameters: number,
  expertParameters: number,
  groups: ShardGroups,
  from: ZeroStage,
): Bytes {
  return groups.zeroStage >= from
    ? bytes * (parameters / groups.shards + expertParameters / groups.expertShards)
    : bytes * (parameters + expertParameters);
}

/** Weights as the framework holds them between steps, low-precision copies included. */
export const weightBytes = (rates: MemoryRates, own: number, experts: number, groups: ShardGroups): Bytes =>
  shared(rates.weights, own, experts, groups, 3);

export const gradientBytes = (rates: MemoryRates, own: number, experts: number, groups: ShardGroups): Bytes =>
  shared(rates.gradients, own, experts, groups, 2);

/** Master weights and moments. */
export const optimizerBytes = (
  rates: MemoryRates,
  own: number,
  experts: number,
  groups: ShardGroups,
): Bytes => shared(rates.optimizer, own, experts, groups, 1);

/** Bytes that one micro-batch leaves in the stage's layers. */
export function layersKept(rates: MemoryRates, stage: StageLoad): Bytes {
  const { dense, moe } = rates;
  const layers = stage.denseLayers + stage.moeLayers;
  const share = layers > 0 ? Math.min(1, stage.recomputed / layers) : 0;
  const kept = (layer: LayerMemory): Bytes => share * layer.kept + (1 - share) * layer.keptInFull;
  return stage.denseLayers * kept(dense) + stage.moeLayers * kept(moe);
}

/** Activations of all micro-batches under way; those before the logits live only from one loss to its backward pass. */
export const activationBytes = (rates: MemoryRates, stage: StageLoad): Bytes =>
  stage.inFlight *
    (layersKept(rates, stage) + (stage.first ? rates.embeddingKept : 0) + (stage.last ? 0 : rates.sent)) +
  (stage.last ? rates.outputKept : 0);

/** What a layer's backward pass needs for a moment, the layer that it computes again included. */
export const backwardBytes = (rates: MemoryRates, stage: StageLoad): Bytes =>
  Math.max(stage.denseLayers > 0 ? rates.dense.backward : 0, stage.moeLayers > 0 ? rates.moe.backward : 0);

/** The logits and a layer's backward pass are never alive together: the larger counts, here as two exclusive parts. */
export const logitsBytes = (rates: MemoryRates, stage: StageLoad): Bytes =>
  stage.last && rates.logits > backwardBytes(rates, stage) ? rates.logits : 0;

export const temporaryBytes = (rates: MemoryRates, stage: StageLoad): Bytes =>
  logitsBytes(rates, stage) > 0 ? 0 : backwardBytes(rates, stage);

/** A layer's weights gathered for its GEMMs, with the gradients that go back, both as GEMMs write them. */
export const gatheredBytes = (rates: Pick<MemoryRates, 'gathered'>, parameters: number): Bytes =>
  2 * rates.gathered * parameters;

/**
 * Buffers that weights are gathered in and gradients reduced or flattened in, beside the states themselves. Large blocks
 * of their own: the allocator does not carve them out of what activations left.
 *
 * ZeRO-3 holds the layer at work with its gradients, the one prefetched behind it, and the tables at the ends
 * throughout; in a pipeline all of the stage and its summed gradients, since every micro-batch would gather it again.
 * @source Zhao 2023, section 3.3; torchtitan, `apply_fsdp`: no resharding after the forward pass of a pipeline
 */
export function communicationBytes(
  rates: MemoryRates,
  stage: StageLoad,
  own: number,
  experts: number,
  groups: ShardGroups,
): Bytes {
  const flattened = shared(rates.flattened, own, experts, groups, 1);
  if (groups.shards <= 1) return flattened;
  const buffers = flattened + rates.reduceBuffer * (own + experts) + rates.buckets;
  if (groups.zeroStage < 3) return buffers;
  if (stage.pipelined) return buffers + (rates.gathered + rates.gradients) * (own + experts);
  const layer = Math.max(
    stage.denseLayers > 0 ? rates.dense.parameters : 0,
    stage.moeLayers > 0 ? rates.moe.parameters + rates.moe.expertParameters : 0,
  );
  const ends = endParameters(rates, stage);
  return buffers + gatheredBytes(rates, layer + ends) + rates.gathered * layer;
}

/** What stays between steps, with the buffers of data parallelism: all that micro-batches do not change. */
export function stateBytes(rates: MemoryRates, stage: StageLoad, groups: ShardGroups): Bytes {
  const own = stageParameters(rates, stage);
  const experts = stageExpertParameters(rates, stage);
  return (
    weightBytes(rates, own, experts, groups) +
    gradientBytes(rates, own, experts, groups) +
    optimizerBytes(rates, own, experts, groups) +
    communicationBytes(rates, stage, own, experts, groups)
  );
}

/** What comes and goes within a step, with what the allocator loses on it: all that replicas do not change. */
export function passingBytes(rates: MemoryRates, stage: StageLoad): Bytes {
  const bytes = activationBytes(rates, stage) + logitsBytes(rates, stage) + temporaryBytes(rates, stage);
  return bytes * (1 + FRAGMENTATION);
}

/**
 * Memory of one pipeline stage on one GPU at its worst moment, without what lies outside PyTorch (CUDA context, NCCL).
 * Numbers in, a number out, nothing allocated: what a planner calls. {@link memoryPerGpu} gives the same by part.
 * @returns bytes
 */
export const stageBytes = (rates: MemoryRates, stage: StageLoad, groups: ShardGroups): Bytes =>
  stateBytes(rates, stage, groups) + passingBytes(rates, stage);
