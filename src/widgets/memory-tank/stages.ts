import {
  memoryPerGpu,
  replicaBytes,
  type MemoryEstimate,
  type MemoryParts,
  type TrainingScenario,
  type ZeroStage,
} from '#estimator';

/** What is drawn apart, bottom of the tank first; parts of one kind are added up. */
export const KINDS = [
  { id: 'weights', label: 'weights', keys: ['weights'] },
  { id: 'gradients', label: 'gradients', keys: ['gradients'] },
  { id: 'optimizer', label: 'optimizer', keys: ['optimizer'] },
  { id: 'buffers', label: 'buffers', keys: ['communication'] },
  { id: 'activations', label: 'activations', keys: ['activations'] },
  { id: 'moment', label: 'loss or layer', keys: ['logits', 'temporary'] },
  { id: 'overhead', label: 'overhead', keys: ['fragmentation', 'framework'] },
] as const satisfies readonly {
  readonly id: string;
  readonly label: string;
  readonly keys: readonly (keyof MemoryParts)[];
}[];

export const partsOf = (parts: MemoryParts): readonly number[] =>
  KINDS.map(({ keys }) => (keys as readonly (keyof MemoryParts)[]).reduce((sum, key) => sum + parts[key], 0));

/** Weights, gradients and optimizer: what ZeRO shares out. */
export const stateOf = ({ weights, gradients, optimizer }: MemoryParts): number =>
  weights + gradients + optimizer;

/** The same step with another stage of ZeRO: its fullest GPU, and what a GPU sends its replicas in a step, bytes. */
export interface ZeroCase {
  readonly zero: ZeroStage;
  readonly estimate: MemoryEstimate;
  readonly sends: number;
}

export const zeroCases = (scenario: TrainingScenario): readonly ZeroCase[] =>
  ([0, 1, 2, 3] as const).map((zero) => {
    const other = { ...scenario, parallelism: { ...scenario.parallelism, zeroStage: zero } };
    return { zero, estimate: memoryPerGpu(other), sends: replicaBytes(other).total };
  });
