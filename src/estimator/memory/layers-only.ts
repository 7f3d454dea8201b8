import type { TrainingScenario } from '../training/types.ts';
import type { Model } from '../types.ts';
import type { Bytes } from '../units.ts';
import { memoryRates, shardGroupsOf } from './memory-rates.ts';
import {
  gradientBytes,
  layersKept,
  optimizerBytes,
  stageExpertParameters,
  type StageLoad,
  weightBytes,
} from './stage-bytes.ts';
import { stageLoads } from './stage-loads.ts';

/** A GPU's memory as papers draw it: nothing but the layers. */
export interface LayersOnlyMemory {
  /** Weights, gradients and optimizer of the layers' matrices, bytes. */
  readonly state: Bytes;
  /** What the layers keep for their backward passes, bytes. */
  readonly activations: Bytes;
}

/** The model without what closed forms leave out: biases and norms. */
const matricesOf = (model: Model): Model => ({
  ...model,
  norm: 'unweighted',
  bias: { qkv: false, attentionOutput: false, mlp: false },
  qkNorm: false,
});

/**
 * Memory of the first pipeline stage's layers alone: no embedding, logits, biases, norms, buffers or overhead. With
 * one data-parallel rank this is the arithmetic behind Korthikanti 2022, figure 1: `18 · 12Lh²/tp` bytes of state and
 * `sbh(10 + 24/t + 5as/ht)L/p` of activations for each of `p(1 + (p-1)/pv)` micro-batches. What a GPU truly holds is
 * {@link memoryPerGpu}.
 * @returns bytes
 * @source Korthikanti 2022, equations 2 to 5 and figure 1
 */
export function layersOnlyMemory(scenario: TrainingScenario): LayersOnlyMemory {
  const load = stageLoads(scenario)[0] as StageLoad;
  const bare = memoryRates({ ...scenario, model: matricesOf(scenario.model) });
  const own = load.copies * (load.denseLayers * bare.dense.parameters + load.moeLayers * bare.moe.parameters);
  const experts = stageExpertParameters(bare, load);
  const groups = shardGroupsOf(scenario);
  const state = [weightBytes, gradientBytes, optimizerBytes].map((bytes) =>
    bytes(bare, own, experts, groups),
  );
  return {
    state: state.reduce((sum, bytes) => sum + bytes, 0),
    activations: load.inFlight * layersKept(memoryRates(scenario), load),
  };
}
