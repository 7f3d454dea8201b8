import {
  countParameters,
  dataParallelOf,
  memoryPerGpu,
  microBatchesOf,
  valueOrThrow,
  type MemoryEstimate,
  type TrainingScenario,
  type TrainingStep,
} from '#estimator';
import type { Quantity, Unit } from '#format';
import type { Patch, Scenario } from '#scenario';
import { changed, predicted } from '../../shared.ts';
import { memoryQuestionOf } from '../../../../src/widgets/step/memory-question.ts';

export type { Fact } from '../../shared.ts';

export const plain = (value: number, unit: Unit, digits?: number): Quantity =>
  digits === undefined ? { value, unit } : { value, unit, digits };
export const seconds = (value: number): Quantity => ({ value, unit: 's' });
export const ratio = (value: number, digits = 2): Quantity => ({ value, unit: 'ratio', digits });
export const times = (value: number): Quantity => ({ value, unit: 'factor', digits: 2 });
export const count = (value: number): Quantity => ({ value, unit: 'count' });
export const bytes = (value: number): Quantity => ({ value, unit: 'B' });
/** What a GPU holds, in the unit that its driver counts in. */
export const gib = (value: number, digits = 3): Quantity => ({ value, unit: 'B', as: 'GiB', digits });
export const gb = (value: number, digits = 3): Quantity => ({ value, unit: 'B', as: 'GB', digits });

export function stepOf(scenario: Scenario, patch: Patch = {}): TrainingScenario {
  return valueOrThrow(memoryQuestionOf(changed(scenario, patch))).scenario;
}

export const memory = (scenario: Scenario, patch: Patch = {}): MemoryEstimate =>
  memoryPerGpu(stepOf(scenario, patch));

export const timed = (scenario: Scenario, patch: Patch = {}): TrainingStep =>
  predicted(stepOf(scenario, patch));

/** Parameters on one GPU, the mean of all stages. */
export function ownParameters({ model, parallelism }: TrainingScenario): number {
  return countParameters(model).total / (parallelism.tensorParallel * parallelism.pipelineParallel);
}

export const replicasOf = (s: Scenario): number => dataParallelOf(stepOf(s));
export const passesOf = (s: Scenario): number => microBatchesOf(stepOf(s));

/** No tricks: every replica holds all, nothing is split along the sequence, nothing is computed twice. */
export const PLAIN = { stepZero: '0', stepSequence: 'whole', recompute: 'none' } as const satisfies Patch;

/** From no tricks to the recipe of the page, one after the other. */
export const SAVINGS: readonly { readonly name: string; readonly patch: Patch }[] = [
  { name: 'nothing shared, split or recomputed', patch: PLAIN },
  { name: '+ ZeRO-1', patch: { ...PLAIN, stepZero: '1' } },
  { name: '+ sequence parallelism', patch: { recompute: 'none' } },
  { name: '+ selective recomputation', patch: {} },
];

/** The whole model on every GPU's path: sharded by all of them, split by nothing else. */
export const ONLY_ZERO = { stepTensor: '1', stepPipeline: '1', stepChunks: '1' } as const satisfies Patch;
/** ZeRO-3 as PyTorch's FSDP does it; GPT-3's activations force it to recompute everything. */
export const SHARDED = {
  ...ONLY_ZERO,
  stepZero: '3',
  memoryRules: 'fsdp',
  recompute: 'full',
} as const satisfies Patch;
