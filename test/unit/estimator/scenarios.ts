import type { Model, Parallelism, TrainingScenario } from '#estimator';
import { A800, GPT3 } from './shapes.ts';

type Over = Partial<Omit<TrainingScenario, 'parallelism'>> & {
  readonly model?: Model;
  readonly parallelism?: Partial<Parallelism>;
  /** Data-parallel ranks. */
  readonly dp?: number;
  /** Micro-batches in a step. */
  readonly passes?: number;
};

/** GPT-3 on one GPU under Megatron 2022, with what a test changes. */
export function training({ parallelism, dp = 1, passes = 1000, ...over }: Over = {}): TrainingScenario {
  const split: Parallelism = {
    tensorParallel: 1,
    pipelineParallel: 1,
    virtualPipeline: 1,
    contextParallel: 1,
    expertParallel: 1,
    expertTensorParallel: 1,
    sequenceParallel: false,
    zeroStage: 0,
    ...parallelism,
  };
  const microBatch = over.microBatch ?? 1;
  return {
    model: GPT3,
    cluster: {
      gpu: A800,
      gpus: dp * split.tensorParallel * split.pipelineParallel * split.contextParallel,
      gpusPerNode: 8,
      nvlinkDomain: 8,
      networkBandwidth: 25e9,
      pcieBandwidth: 25e9,
    },
    parallelism: split,
    microBatch,
    globalBatch: microBatch * dp * passes,
    precision: 'bf16',
    recompute: 'none',
    schedule: split.virtualPipeline > 1 ? 'interleaved' : '1f1b',
    framework: 'megatron-2022',
    fusedAttention: false,
    ...over,
  };
}
