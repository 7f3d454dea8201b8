import { dataParallelOf, meanLayerParameters, microBatchesOf } from '#estimator';
import type { Patch, Scenario } from '#scenario';
import { bytes, count, plain, stepOf, times, type Fact } from './shared.ts';

/** FP16 and BF16 values. */
const ELEMENT = 2;

/** What one GPU of a middle stage sends in a step, bytes, by who it goes to. */
export interface Traffic {
  /** One copy of a micro-batch's activations between layers, whole. */
  readonly activations: number;
  /** To the GPUs of its tensor-parallel group: two sums forward and two backward in every layer. */
  readonly tensor: number;
  /** To the stages before and behind it. */
  readonly sends: number;
  /** To the other replicas: gradients summed and scattered, and the updated weights gathered. */
  readonly gradients: number;
  readonly weights: number;
  /** What leaves the node. */
  readonly network: number;
  /** Parameters on the GPU. */
  readonly parameters: number;
  readonly replicas: number;
  readonly microBatches: number;
}

/**
 * Volumes by the textbook: a ring's all-reduce sends 2 (n - 1) / n of its buffer, a reduce-scatter or an all-gather half
 * of that; each
 * stage boundary is crossed twice a micro-batch and chunk, in slices of 1/t. Narayanan 2021, sections 2.3, 3 and 4.1.
 */
export function traffic(scenario: Scenario, patch: Patch = {}): Traffic {
  const step = stepOf(scenario, patch);
  const { model, parallelism, microBatch } = step;
  const { tensorParallel: t, pipelineParallel: p, virtualPipeline: v } = parallelism;
  const d = dataParallelOf(step);
  const m = microBatchesOf(step);
  const activations = microBatch * model.sequence * model.hidden * ELEMENT;
  const ring = (n: number): number => (n - 1) / n;
  const layers = model.layers / p;
  const parameters = (layers * meanLayerParameters(model)) / t;
  const sends = (2 * m * v * activations) / t;
  const gradients = ring(d) * parameters * ELEMENT;
  const weights = ring(d) * parameters * ELEMENT;
  return {
    activations,
    tensor: 4 * m * layers * 2 * ring(t) * activations,
    sends,
    gradients,
    weights,
    network: sends + gradients + weights,
    parameters,
    replicas: d,
    microBatches: m,
  };
}

export const trafficFacts = {
  replicas: (s) => count(traffic(s).replicas),
  otherReplicas: (s) => count(traffic(s).replicas - 1),
  microBatches: (s) => count(traffic(s).microBatches),
  ownParameters: (s) => plain(traffic(s).parameters, 'size'),
  activations: (s) => bytes(traffic(s).activations),
  slice: (s) => bytes(traffic(s).activations / stepOf(s).parallelism.tensorParallel),
  tensorBytes: (s) => bytes(traffic(s).tensor),
  sendBytes: (s) => bytes(traffic(s).sends),
  gradientBytes: (s) => bytes(traffic(s).gradients),
  allReduceBytes: (s) => bytes(traffic(s).gradients + traffic(s).weights),
  weightBytes: (s) => bytes(traffic(s).weights),
  networkBytes: (s) => bytes(traffic(s).network),
  tensorOverNetwork: (s) => times(traffic(s).tensor / traffic(s).network),
} satisfies Record<string, Fact>;
