import { type StateRecipe, stateRecipe } from '../model-state.ts';
import type { FrameworkFamily, TrainingPrecision } from '../training/types.ts';
import type { Model } from '../types.ts';

/** What a framework family keeps in memory, and in which format. Read in its code; nothing here is fitted. */
export interface MemoryRules {
  /** The input of a GEMM that was gathered over the sequence is kept gathered instead of gathered again. */
  readonly keepsGathered: boolean;
  /** One kernel does SwiGLU: what the gate's activation puts out is computed again in the backward pass. */
  readonly fusedGate: boolean;
  /** Queries, keys and values are views of one tensor, so it outlives the rotation that copies two of them. */
  readonly keepsUnrotated: boolean;
  /** GPT models train with dropout, whose masks are kept. */
  readonly dropout: boolean;
  /** Copies of the logits alive at once at the loss, bytes a logit. */
  readonly bytesPerLogit: number;
  /** Bytes a parameter of buffers that data-parallel ranks reduce gradients in, beside the gradients themselves. */
  readonly reduceBuffer: number;
  /** GEMM operands are cast once a step and kept (Transformer Engine) instead of at each use (torchao). */
  readonly keepsCasts: boolean;
}

const MEGATRON: MemoryRules = {
  keepsGathered: false,
  fusedGate: false,
  keepsUnrotated: true,
  dropout: true,
  // 16-bit logits, their FP32 copy that cross-entropy turns into the softmax in place, and the 16-bit gradient.
  bytesPerLogit: 8,
  reduceBuffer: 0,
  keepsCasts: true,
};

const RULES: Readonly<Record<FrameworkFamily, MemoryRules>> = {
  'megatron-2021': MEGATRON,
  'megatron-2022': MEGATRON,
  'megatron-core': { ...MEGATRON, fusedGate: true, dropout: false },
  deepspeed: { ...MEGATRON, dropout: false },
  nanotron: {
    ...MEGATRON,
    keepsGathered: true,
    dropout: false,
    // Sharded cross-entropy out of place: 16-bit, FP32, FP32 less the maximum, softmax.
    bytesPerLogit: 14,
    // DDP's buckets hold the 16-bit gradients beside the FP32 ones they are added to.
    reduceBuffer: 2,
    keepsCasts: false,
  },
  fsdp: {
    ...MEGATRON,
    keepsGathered: true,
    keepsUnrotated: false,
    dropout: false,
    // torch's cross-entropy: 16-bit, FP32, log-softmax, FP32 gradient.
    bytesPerLogit: 14,
    keepsCasts: false,
  },
};

/**
 * The rules of a family for a model: dropout belongs to GPT models (LayerNorm), not to those after Llama.
 * @source Megatron-LM, nanotron, torchtitan and DeepSpeed source code; Korthikanti 2022, section 4.1
 */
export function memoryRules(family: FrameworkFamily, model: Pick<Model, 'norm'>): MemoryRules {
  const rules = RULES[family];
  return { ...rules, dropout: rules.dropout && model.norm === 'layernorm' };
}

/** Bytes of a number that a GEMM reads, scales of the block formats included. */
const OPERAND_BYTES: Readonly<Record<TrainingPrecision, number>> = {
  fp32: 4,
  fp16: 2,
  bf16: 2,
  fp8: 1,
  mxfp8: 1 + 1 / 32,
  nvfp4: 0.5 + 1 / 16,
};

/** Bytes of a GEMM's operand in a precision. */
export const operandBytes = (precision: TrainingPrecision): number => OPERAND_BYTES[precision];

/** Bytes of what is not a GEMM operand: all that norms, activations and attention read. */
export const elementBytes = (precision: TrainingPrecision): number => (precision === 'fp32' ? 4 : 2);

/**
 * What a family spends on a parameter.
 *
 * Megatron accumulates gradients in FP32 (18 bytes), DeepSpeed's BF16 optimizer keeps them in both formats (20), its
 * FP16 one in 16 bits (16); FSDP shards FP32 throughout; nanotron is 18 and its DDP buckets come on top.
 * @source Korthikanti 2022, figure 1; Rajbhandari 2020, section 3.1; Zhao 2023 (PyTorch FSDP), section 4.4
 */
export function trainingRecipe(family: FrameworkFamily, precision: TrainingPrecision): StateRecipe {
  if (precision === 'fp32' || family === 'fsdp') return stateRecipe('fp32-16');
  if (family === 'deepspeed') return stateRecipe(precision === 'fp16' ? 'mixed-16' : 'mixed-20');
  return stateRecipe('mixed-18');
}

/** Bytes a parameter of the low-precision copies of a weight, one as it is and one transposed, that a step keeps. */
export function castBytes(
  family: FrameworkFamily,
  precision: TrainingPrecision,
  keepsCasts: boolean,
): number {
  const low = precision === 'fp8' || precision === 'mxfp8' || precision === 'nvfp4';
  return low && keepsCasts && family !== 'fsdp' ? 2 * operandBytes(precision) : 0;
}
