import type { AttentionKernel, FrameworkFamily, TrainingScenario } from '../training/types.ts';
import type { Bytes, Seconds } from '../units.ts';

/** How element-wise work is cut into kernels, each of which reads and writes memory once more. */
export type Fusion = 'eager' | 'fused' | 'compiled';

/** What a framework family does by habit. A rule set, not a fudge factor: every entry is a property of its code. */
export interface FrameworkRules {
  readonly attention: AttentionKernel;
  /** Element-wise chains between matrix products: activation, dropout, residual, rotary positions. */
  readonly elementwise: Fusion;
  readonly fusedNorm: boolean;
  /**
   * Tensor-parallel collectives: all waited for, hidden under the weight gradient in the backward pass (asynchronous
   * all-reduce), or cut up and hidden under the matrix product they feed in both passes (user buffers, async TP).
   */
  readonly tensorOverlap: 'none' | 'backward' | 'chunked';
  /** Tokens travel to experts and back while another micro-batch is computed, whatever the schedule. */
  readonly expertOverlap: boolean;
  /** Tensor-parallel sums of BF16 tensors are made in FP32. */
  readonly tensorSumsFp32: boolean;
  /** Gradient sums and weight gathers run while other layers are computed: always, never, or in plain data parallelism. */
  readonly gradientOverlap: 'always' | 'never' | 'unsharded';
  /** With ZeRO 1 and 2 a rank receives the sums of those gradients only that it updates; otherwise every rank receives all. */
  readonly scattersGradients: boolean;
  /** With ZeRO-2 weights go back into shards after a micro-batch, and are gathered for the next (FSDP's SHARD_GRAD_OP). */
  readonly reshards: boolean;
  /** Activations travel to the next stage while another chunk is computed. */
  readonly pipelineOverlap: boolean;
  /** Tensor-parallel ranks send a slice each to the next stage, which gathers it (Narayanan 2021, section 4.1). */
  readonly pipelineScatter: boolean;
  /** Collectives that the gradients of one layer travel in: one bucket, or one for each weight. */
  readonly messagesPerLayer: number;
  /** Gradients and weights travel in buckets that grow with the number of replicas instead (Megatron Core). */
  readonly grownBuckets: boolean;
  /** Bytes of gradients that plain data parallelism sums at a time instead, whatever layers they are of. */
  readonly plainBucket: Bytes | null;
  /** Bytes of a gradient on the wire. */
  readonly gradientBytes: Bytes;
  /** Bytes a parameter that adding a micro-batch's gradient to the sum moves, beyond writing the gradient. */
  readonly accumulateBytes: Bytes;
  /** Bytes a logit that the loss and its gradient move. */
  readonly lossBytes: Bytes;
  /** ZeRO-3 fetches weights parameter by parameter over one NIC's rate, and waits. */
  readonly gatherWaits: boolean;
  /** `selective` recomputation runs again the attention scores (Megatron), or every second matrix product (FSDP, XLA). */
  readonly selective: 'scores' | 'products';
  /** The GPU waits for the host: to issue the kernels of a layer, and to read where experts' tokens go. */
  readonly waitsForHost: boolean;
  /** Host time to issue the kernels of one layer's forward pass. */
  readonly issueLayer: Seconds;
  /** Share by which that grows with each tensor-parallel rank beyond the first, once there are stages. */
  readonly issueByTensor: number;
}

/** Cross-entropy as a chain of FP32 kernels over the logits, forward and backward: casts, maximum, exponentials, sum. */
const LOSS_CHAIN = 52;
/** PyTorch's log-softmax: fewer passes, still in FP32. */
const LOSS_SOFTMAX = 32;
/** Loss and gradient in one kernel that leaves the gradient where the logits were. */
const LOSS_FUSED = 14;

/** PyTorch's DistributedDataParallel, `bucket_cap_mb`; nanotron, config.py: `ddp_bucket_cap_mb`. */
const DDP_BUCKET = 25 * 2 ** 20;

/** Megatron-LM of the SC21 paper: nothing overlaps. */
const MEGATRON_2021: FrameworkRules = {
  attention: 'fused-softmax',
  elementwise: 'fused',
  fusedNorm: true,
  tensorOverlap: 'none',
  expertOverlap: false,
  tensorSumsFp32: false,
  gradientOverlap: 'never',
  scattersGradients: true,
  reshards: false,
  pipelineOverlap: false,
  pipelineScatter: true,
  messagesPerLayer: 1,
  grownBuckets: false,
  plainBucket: null,
  gradientBytes: 2,
  accumulateBytes: 6,
  lossBytes: LOSS_CHAIN,
  gatherWaits: false,
  selective: 'scores',
  waitsForHost: true,
  issueLayer: 250e-6,
  issueByTensor: 0,
};

export const FRAMEWORK_RULES: Readonly<Record<FrameworkFamily, FrameworkRules>> = {
  'megatron-2021': MEGATRON_2021,
  /** The asynchronous all-reduce of input gradients came early in 2022 (LinearWithGradAccumulationAndAsyncAllreduce). */
  'megatron-2022': { ...MEGATRON_2021, tensorOverlap: 'backward' },
  /** Transformer Engine, distributed optimizer, user-buffer overlap: Megatron Core, NeMo, Megatron Bridge, MLPerf. */
  'megatron-core': {
    ...MEGATRON_2021,
    attention: 'flash-3',
    tensorOverlap: 'chunked',
    gradientOverlap: 'always',
    grownBuckets: true,
    pipelineOverlap: true,
  },
  /** PyTorch FSDP and the like: torchtitan, llm-foundry, JAX with sharded weights. */
  fsdp: {
    ...MEGATRON_2021,
    attention: 'flash-2',
    elementwise: 'eager',
    gradientOverlap: 'always',
    reshards: true,
    gradientBytes: 4,
    accumulateBytes: 0,
    lossBytes: LOSS_SOFTMAX,
    selective: 'products',
  },
  /**
   * Megatron-DeepSpeed, GPT-NeoX and what came from them. FP32 sums: GPT-NeoX, megatron/mpu/mappings.py. All-reduce with
   * ZeRO 1 and 2: DeepSpeed, stage_1_and_2.py, average_tensor with `use_multi_rank_bucket_allreduce`, its default; under a
   * pipeline runtime/pipe/engine.py, _exec_reduce_grads.
   */
  deepspeed: {
    ...MEGATRON_2021,
    tensorSumsFp32: true,
    scattersGradients: false,
    pipelineScatter: false,
    gradientBytes: 4,
    gatherWaits: true,
  },
  /**
   * Asynchronous tensor parallelism; DDP's buckets overlap, ZeRO-1's scatters by weight do not; much Python between
   * kernels. That the host's time grows with the tensor-parallel degree once there are stages is seen throughout its
   * published sweep; why is not known to us.
   */
  nanotron: {
    ...MEGATRON_2021,
    attention: 'flash-2',
    elementwise: 'eager',
    tensorOverlap: 'backward',
    gradientOverlap: 'unsharded',
    gradientBytes: 4,
    messagesPerLayer: 3,
    plainBucket: DDP_BUCKET,
    issueLayer: 2.6e-3,
    issueByTensor: 0.5,
  },
};

const isFlash = (kernel: AttentionKernel): boolean => kernel.startsWith('flash');

function attentionOf(scenario: TrainingScenario, habit: AttentionKernel): AttentionKernel {
  const said = scenario.kernels?.attention;
  if (said !== undefined) return said;
  if (scenario.fusedAttention) return isFlash(habit) ? habit : 'flash-2';
  return isFlash(habit) ? 'unfused' : habit;
}

/** The rules of a run: its family's, with what the run itself says about its kernels. */
export function rulesOf(scenario: TrainingScenario): FrameworkRules {
  const habit = FRAMEWORK_RULES[scenario.framework];
  const { fusedNorm, fusedLoss, compiled, tensorParallelOverlap, expertParallelOverlap, wholeGraph } =
    scenario.kernels ?? {};
  const overlap = tensorParallelOverlap ? 'chunked' : 'none';
  return {
    ...habit,
    attention: attentionOf(scenario, habit.attention),
    fusedNorm: fusedNorm ?? habit.fusedNorm,
    lossBytes: fusedLoss ? LOSS_FUSED : habit.lossBytes,
    elementwise: compiled === undefined ? habit.elementwise : compiled ? 'compiled' : 'eager',
    tensorOverlap: tensorParallelOverlap === undefined ? habit.tensorOverlap : overlap,
    expertOverlap: expertParallelOverlap ?? habit.expertOverlap,
    waitsForHost: !wholeGraph,
  };
}

/** Whether the attention kernel keeps the scores on the chip. */
export const keepsScoresOnChip = ({ attention }: Pick<FrameworkRules, 'attention'>): boolean =>
  isFlash(attention);
