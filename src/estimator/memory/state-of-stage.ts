import { countParameters } from '../parameters.ts';
import type { TrainingScenario } from '../training/types.ts';
import type { Bytes } from '../units.ts';
import { memoryRates, type MemoryRates, shardGroupsOf } from './memory-rates.ts';
import { type StageLoad, stageExpertParameters, stageParameters } from './stage-bytes.ts';
import { stageLoads } from './stage-loads.ts';

/** What a GPU's state is computed from: the symbols of the formulas of ZeRO. */
export interface StageState {
  /** Parameters on one GPU of the stage that all replicas hold, and those of routed experts. */
  readonly parameters: number;
  readonly expertParameters: number;
  /** Bytes a parameter. */
  readonly weights: Bytes;
  readonly gradients: Bytes;
  readonly optimizer: Bytes;
  /** Ranks that share out: data x context parallel, and those that hold the same experts. */
  readonly shards: number;
  readonly expertShards: number;
}

/**
 * Parameters and bytes a parameter of one pipeline stage, before anything is shared out.
 * @param stage from 0; one that the scenario has
 */
export function stateOfStage(scenario: TrainingScenario, stage: number): StageState {
  const rates = memoryRates(scenario);
  const load = stageLoads(scenario)[stage] as StageLoad;
  const { shards, expertShards } = shardGroupsOf(scenario);
  return {
    parameters: stageParameters(rates, load),
    expertParameters: stageExpertParameters(rates, load),
    weights: rates.weights,
    gradients: rates.gradients,
    optimizer: rates.optimizer,
    shards,
    expertShards,
  };
}

/**
 * A GPU's even share of all weights, gradients and optimizer: no split leaves the fullest GPU less.
 * @param rates of the scenario, for who has them
 * @returns bytes
 */
export function evenStateShare(
  scenario: TrainingScenario,
  { weights, gradients, optimizer }: MemoryRates = memoryRates(scenario),
): Bytes {
  const { total } = countParameters(scenario.model);
  return ((weights + gradients + optimizer) * total) / scenario.cluster.gpus;
}
