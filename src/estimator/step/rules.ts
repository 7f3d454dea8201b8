import type { AttentionKernel, TrainingScenario } from '../training/types.ts';

/** How element-wise work is cut into kernels; each kernel reads and writes memory once more. */
export type Fusion = 'eager' | 'fused' | 'compiled';

/** What a framework family does by habit. A rule set, not a fudge factor: every entry is a property of its code. */
export interface FrameworkRules {
  readonly attention: AttentionKernel;
  /** Element-wise chains between matrix products: activation, dropout, residual, rotary positions. */
  readonly elementwise: Fusion;
  readonly fusedNorm: boolean;
  /** Tensor-parallel collectives: all waited for; hidden under the weight gradient in the backward pass; or cut up and hidden in both passes. */
  readonly tensorOverlap: 'none' | 'backward' | 'chunked';
  /** Gradient sums start while the last micro-batch is still in its backward pass. */
  readonly gradientOverlap: boolean;
  /** Pipeline neighbours' activations travel while the next chunk is computed. */
  readonly pipelineOverlap: boolean;
  /** Bytes of a gradient on the wire. */
  readonly gradientBytes: number;
  /** Micro-batches are summed in FP32 in a separate buffer. */
  readonly accumulateFp32: boolean;
  /** Tensor-parallel sums of BF16 tensors are made in FP32 (GPT-NeoX and what came from it). */
  readonly tensorSumsFp32: boolean;
  /** Tensor-parallel ranks send a slice each to the next stage and gather it there (Narayanan 2021, 4.1). */
  readonly pipelineScatter: boolean;
  /** Host time to issue one layer's kernels, forward; the backward pass is issued by C++ and takes a half. */
  readonly issueLayer: number;
  /** Host work between steps that the GPU waits for. */
  readonly issueStep: number;
}

const MEGATRON_2021: FrameworkRules = {
  attention: 'fused-softmax',
  elementwise: 'fused',
  fusedNorm: true,
  tensorOverlap: 'none',
  gradientOverlap: false,
  pipelineOverlap: false,
  gradientBytes: 2,
  accumulateFp32: false,
  tensorSumsFp32: false,
  pipelineScatter: true,
  issueLayer: 250e-6,
  issueStep: 20e-3,
};

export const RULES: Readonly<Record<TrainingScenario['framework'], FrameworkRules>> = {
  'megatron-2021': MEGATRON_2021,
  'megatron-2022': { ...MEGATRON_2021, tensorOverlap: 'backward' },
  'megatron-core': {
    attention: 'flash-3',
    elementwise: 'fused',
    fusedNorm: true,
    tensorOverlap: 'chunked',
    gradientOverlap: true,
    pipelineOverlap: true,
    gradientBytes: 2,
    accumulateFp32: true,
    tensorSumsFp32: false,
    pipelineScatter: true,
    issueLayer: 250e-6,
    issueStep: 20e-3,
  },
  fsdp: {
    attention: 'flash-2',
    elementwise: 'eager',
    fusedNorm: true,
    tensorOverlap: 'none',
    gradientOverlap: true,
    pipelineOverlap: false,
    gradientBytes: 4,
    accumulateFp32: false,
    tensorSumsFp32: false,
    pipelineScatter: true,
    issueLayer: 250e-6,
    issueStep: 20e-3,
  },
  deepspeed: {
    attention: 'fused-softmax',
    elementwise: 'fused',
    fusedNorm: true,
    tensorOverlap: 'none',
    gradientOverlap: false,
    pipelineOverlap: false,
    gradientBytes: 4,
    accumulateFp32: false,
    tensorSumsFp32: true,
    pipelineScatter: false,
    issueLayer: 250e-6,
    issueStep: 20e-3,
  },
  nanotron: {
    attention: 'flash-2',
    elementwise: 'eager',
    fusedNorm: true,
    tensorOverlap: 'none',
    gradientOverlap: false,
    pipelineOverlap: false,
    gradientBytes: 4,
    accumulateFp32: true,
    tensorSumsFp32: false,
    pipelineScatter: true,
    issueLayer: 400e-6,
    issueStep: 30e-3,
  },
};

/** The rules of a run: its family's, with what the run itself says about its kernels. */
export function rulesOf(scenario: TrainingScenario): FrameworkRules {
  const habit = RULES[scenario.framework];
  const said = scenario.kernels ?? {};
  const flash = habit.attention.startsWith('flash') ? habit.attention : 'flash-2';
  const attention =
    said.attention ?? (scenario.fusedAttention ? flash : habit.attention.startsWith('flash') ? 'unfused' : habit.attention);
  return {
    ...habit,
    attention,
    fusedNorm: said.fusedNorm ?? habit.fusedNorm,
    elementwise: said.compiled === undefined ? habit.elementwise : said.compiled ? 'compiled' : 'eager',
    tensorOverlap: said.tensorParallelOverlap === undefined ? habit.tensorOverlap : said.tensorParallelOverlap ? 'chunked' : 'none',
  };
}
