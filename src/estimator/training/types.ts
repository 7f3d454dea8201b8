import type { Gpu, Model, Recompute } from '../types.ts';
import type { Seconds } from '../units.ts';

/** Machines and the wires between them, as one training job sees them. SI units. */
export interface Cluster {
  readonly gpu: Gpu;
  readonly gpus: number;
  /** GPUs in one server. */
  readonly gpusPerNode: number;
  /** GPUs on one NVLink fabric: a server behind NVSwitch, 72 in an NVL72 rack, 1 without NVLink. */
  readonly nvlinkDomain: number;
  /** What the NICs give one GPU, one direction, bytes/s. */
  readonly networkBandwidth: number;
  /** What a step over the network takes beyond one over InfiniBand or RoCE, seconds; none unless said. EFA has it. */
  readonly networkLatency?: Seconds;
  /** The host link of one GPU, one direction, bytes/s: carries traffic between GPUs without NVLink. */
  readonly pcieBandwidth: number;
}

/** How the work is split. Data parallelism is what is left: gpus / (tensor x pipeline x context). */
export interface Parallelism {
  readonly tensorParallel: number;
  readonly pipelineParallel: number;
  /** Model chunks on each pipeline rank: 1 unless the schedule is interleaved. */
  readonly virtualPipeline: number;
  readonly contextParallel: number;
  /** Ranks that share one set of experts; carved out of data x context parallelism, never multiplied into the GPUs. */
  readonly expertParallel: number;
  /** Tensor parallelism inside an expert. */
  readonly expertTensorParallel: number;
  /** Norms and dropout split along the sequence between tensor-parallel ranks (Korthikanti 2022, section 4.2.2). */
  readonly sequenceParallel: boolean;
  /**
   * What data-parallel ranks share out: 0 nothing, 1 optimizer (Megatron's distributed optimizer too), 2 gradients as
   * well, 3 weights as well (FSDP).
   */
  readonly zeroStage: ZeroStage;
}

export type ZeroStage = 0 | 1 | 2 | 3;

/** The number format that matrix multiplications run in; the weights' master copy is FP32 in all of them. */
export type TrainingPrecision = 'fp32' | 'fp16' | 'bf16' | 'fp8' | 'mxfp8' | 'nvfp4';

export type PipelineSchedule = 'gpipe' | '1f1b' | 'interleaved' | 'zb-h1' | 'zb-h2' | 'zb-v' | 'dualpipe';

/** A framework family is a rule set: what is fused, what overlaps, what is kept in which format. Never a fudge factor. */
export type FrameworkFamily =
  'megatron-2021' | 'megatron-2022' | 'megatron-core' | 'fsdp' | 'deepspeed' | 'nanotron';

/**
 * How attention is computed: as separate matrix products and softmax, with Megatron's fused scale-mask-softmax, or in
 * one kernel that keeps scores on the chip (FlashAttention 1, 2, and the Hopper and Blackwell kernels of
 * FlashAttention 3 and cuDNN).
 */
export type AttentionKernel = 'unfused' | 'fused-softmax' | 'flash-1' | 'flash-2' | 'flash-3';

/** What a run says about its kernels beyond the habits of its framework family. */
export interface KernelChoice {
  readonly attention?: AttentionKernel;
  /** Normalisation in one kernel instead of a chain of element-wise ones. */
  readonly fusedNorm?: boolean;
  /** Cross-entropy and its gradient in one kernel instead of a chain of element-wise ones in FP32. */
  readonly fusedLoss?: boolean;
  /** Element-wise chains fused by a compiler (torch.compile, XLA). */
  readonly compiled?: boolean;
  /** Logits gathered over tensor-parallel ranks before the loss, instead of a loss over slices of the vocabulary. */
  readonly gatheredLogits?: boolean;
  /** Tensor-parallel communication hidden under the matrix products it feeds. */
  readonly tensorParallelOverlap?: boolean;
  /** Experts' exchanges hidden under another micro-batch (Megatron Core, overlap_moe_expert_parallel_comm; DualPipe always). */
  readonly expertParallelOverlap?: boolean;
  /** The whole iteration is one CUDA graph, routing of tokens included: the GPU never waits for the host. */
  readonly wholeGraph?: boolean;
}

/** One training step, completely described. */
export interface TrainingScenario {
  readonly model: Model;
  readonly cluster: Cluster;
  readonly parallelism: Parallelism;
  /** Sequences in one pass of one data-parallel rank. */
  readonly microBatch: number;
  /** Sequences in one step of the optimizer, all ranks together. */
  readonly globalBatch: number;
  readonly precision: TrainingPrecision;
  readonly recompute: Recompute;
  /** Layers of each stage that are recomputed when `recompute` is 'full'; all unless said (Megatron's block mode). */
  readonly recomputeLayers?: number;
  readonly schedule: PipelineSchedule;
  readonly framework: FrameworkFamily;
  /** FlashAttention or cuDNN's fused attention: scores never reach memory. */
  readonly fusedAttention: boolean;
  /** Where the run departs from its framework family's habits. */
  readonly kernels?: KernelChoice;
  /** What gradients are summed in over micro-batches, where the run departs from its framework family's habit. */
  readonly gradientFormat?: 'fp32' | '16-bit';
}

/** Ranks that hold the same slice of the model and see different sequences. */
export const dataParallelOf = ({
  cluster,
  parallelism,
}: Pick<TrainingScenario, 'cluster' | 'parallelism'>): number =>
  cluster.gpus / (parallelism.tensorParallel * parallelism.pipelineParallel * parallelism.contextParallel);

/** Micro-batches that one pipeline works through in a step. */
export const microBatchesOf = (
  scenario: Pick<TrainingScenario, 'cluster' | 'parallelism' | 'microBatch' | 'globalBatch'>,
): number => scenario.globalBatch / (dataParallelOf(scenario) * scenario.microBatch);
