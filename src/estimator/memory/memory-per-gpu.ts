import { dataParallelOf, type TrainingScenario } from '../training/types.ts';
import type { Bytes } from '../units.ts';
import { communicatorBytes, CUDA_CONTEXT, FRAGMENTATION } from './framework-overhead.ts';
import { memoryRates, type MemoryRates, type ShardGroups, shardGroupsOf } from './memory-rates.ts';
import {
  activationBytes,
  communicationBytes,
  gradientBytes,
  logitsBytes,
  optimizerBytes,
  stageBytes,
  stageExpertParameters,
  type StageLoad,
  stageParameters,
  temporaryBytes,
  weightBytes,
} from './stage-bytes.ts';
import { stageLoads } from './stage-loads.ts';

/** Where a GPU's memory goes, bytes. The parts sum to the total. */
export interface MemoryParts {
  /** As GEMMs read them, low-precision copies included. */
  readonly weights: Bytes;
  readonly gradients: Bytes;
  /** FP32 master weights and Adam's moments. */
  readonly optimizer: Bytes;
  /** What forward passes left for backward passes, of all micro-batches under way. */
  readonly activations: Bytes;
  /** The logits and their copies at the loss, where that is the worst moment. */
  readonly logits: Bytes;
  /** What a layer's backward pass needs for a moment, recomputed activations included, where that is worse. */
  readonly temporary: Bytes;
  /** Buffers that weights are gathered in and gradients reduced or flattened in. */
  readonly communication: Bytes;
  /** Held by the allocator and not usable. */
  readonly fragmentation: Bytes;
  /** CUDA context and NCCL: outside the allocator. */
  readonly framework: Bytes;
}

export interface StageMemory {
  /** From 0. */
  readonly stage: number;
  readonly layers: number;
  /** Micro-batches whose activations are held at the worst moment; a fraction when chunks interleave. */
  readonly inFlight: number;
  readonly parts: MemoryParts;
  /** What `torch.cuda.max_memory_allocated` shows, bytes. */
  readonly allocated: Bytes;
  /** What `torch.cuda.max_memory_reserved` shows, bytes. */
  readonly reserved: Bytes;
  /** What `nvidia-smi` shows, bytes: all parts. */
  readonly total: Bytes;
}

export interface MemoryEstimate extends StageMemory {
  /** Every pipeline stage; the estimate itself is the worst of them. */
  readonly stages: readonly StageMemory[];
}

function stageMemory(
  rates: MemoryRates,
  groups: ShardGroups,
  framework: Bytes,
  load: StageLoad,
  stage: number,
): StageMemory {
  const own = stageParameters(rates, load);
  const experts = stageExpertParameters(rates, load);
  const activations = activationBytes(rates, load);
  const logits = logitsBytes(rates, load);
  const temporary = temporaryBytes(rates, load);
  const parts: MemoryParts = {
    weights: weightBytes(rates, own, experts, groups),
    gradients: gradientBytes(rates, own, experts, groups),
    optimizer: optimizerBytes(rates, own, experts, groups),
    activations,
    logits,
    temporary,
    communication: communicationBytes(rates, load, own, experts, groups),
    fragmentation: FRAGMENTATION * (activations + logits + temporary),
    framework,
  };
  const { fragmentation, framework: _, ...tensors } = parts;
  const allocated = Object.values<Bytes>({ ...tensors }).reduce((sum, part) => sum + part, 0);
  return {
    stage,
    layers: load.denseLayers + load.moeLayers,
    inFlight: load.inFlight,
    parts,
    allocated,
    reserved: allocated + fragmentation,
    // The planner's sum, to the last digit.
    total: stageBytes(rates, load, groups) + framework,
  };
}

/** What lies outside PyTorch on a GPU of the scenario, bytes. */
const frameworkBytes = (scenario: TrainingScenario): Bytes =>
  CUDA_CONTEXT + communicatorBytes(scenario.parallelism, dataParallelOf(scenario));

/** The total of {@link memoryPerGpu}, without its parts, from rates that are known. */
export function fullestBytes(rates: MemoryRates, scenario: TrainingScenario): Bytes {
  const groups = shardGroupsOf(scenario);
  let most = 0;
  for (const load of stageLoads(scenario)) most = Math.max(most, stageBytes(rates, load, groups));
  return most + frameworkBytes(scenario);
}

/**
 * Memory of one GPU in training, by part, on every pipeline stage.
 *
 * Weights, gradients and optimizer as the framework family keeps them (16, 18 or 20 bytes a parameter, shared out by
 * ZeRO); activations kernel by kernel for the micro-batches that the schedule has under way; embedding and logits on
 * their stages. Not modelled: padding of the vocabulary, offloading, imbalance of experts.
 *
 * @param scenario one that is legal: sizes divide each other; on others the result means nothing
 * @returns bytes; the worst stage, with all stages in `stages`
 * @source Rajbhandari 2020, section 3; Korthikanti 2022, sections 4 and 5; Narayanan 2021, section 2.2; error on
 *   measured runs in test/scripts/memory-errors.ts
 */
export function memoryPerGpu(scenario: TrainingScenario): MemoryEstimate {
  const rates = memoryRates(scenario);
  const groups = shardGroupsOf(scenario);
  const framework = frameworkBytes(scenario);
  const stages = stageLoads(scenario).map((load, stage) =>
    stageMemory(rates, groups, framework, load, stage),
  );
  const worst = stages.reduce((most, stage) => (stage.total > most.total ? stage : most));
  return { ...worst, stages };
}
