import { type StateRecipe, stateRecipe } from '../model-state.ts';
import type { Parallelism, TrainingPrecision, TrainingScenario } from '../training/types.ts';
import { type Bytes, GIGA } from '../units.ts';

/** What a framework family keeps in memory, and in which format: habits of its code, named where they are set. */
export interface MemoryRules {
  /** Weights, gradients and optimizer. */
  readonly recipe: StateRecipe;
  /** The input of a GEMM that was gathered over the sequence is kept gathered instead of gathered again. */
  readonly keepsGathered: boolean;
  /** One kernel does SwiGLU: what the gate's activation puts out is computed again in the backward pass. */
  readonly fusedGate: boolean;
  /** One kernel does a normalisation; a chain of element-wise ones keeps what lies between them. */
  readonly fusedNorm: boolean;
  /** Queries, keys and values are views of one tensor, so it outlives the rotation that copies two of them. */
  readonly keepsUnrotated: boolean;
  /** GPT models train with dropout, whose masks are kept. */
  readonly dropout: boolean;
  /** A stage keeps what it sent on until the backward pass comes. */
  readonly keepsOutputs: boolean;
  /** Cross-entropy works on the slice of the vocabulary that a tensor-parallel rank has. */
  readonly splitLogits: boolean;
  /** Copies of the logits alive at once at the loss, bytes a logit. */
  readonly bytesPerLogit: number;
  /** Buffers of data parallelism beside the gradients: bytes a parameter, and bytes. */
  readonly reduceBuffer: number;
  readonly buckets: Bytes;
  /** A rank's share of the gradients as the optimizer flattens it, in 16 bits and again in FP32, bytes a parameter. */
  readonly flattened: number;
  /** 8-bit and 4-bit GEMM operands are cast once and kept (Transformer Engine) instead of at each use (torchao). */
  readonly keepsCasts: boolean;
  /** The weights themselves are held in 8 bits: no 16-bit copy. */
  readonly lowWeights: boolean;
}

/** What decides the rules. */
export type RuleQuestion = Pick<
  TrainingScenario,
  'precision' | 'framework' | 'kernels' | 'gradientFormat'
> & {
  readonly model: Pick<TrainingScenario['model'], 'norm'>;
  readonly parallelism: Pick<Parallelism, 'zeroStage'>;
};

type Habits = Omit<MemoryRules, 'recipe' | 'fusedNorm' | 'splitLogits'> & {
  /** Format that gradients are summed in over micro-batches, unless the scenario says. */
  readonly gradients: 'fp32' | '16-bit';
};

const MEGATRON: Habits = {
  gradients: 'fp32',
  keepsGathered: false,
  fusedGate: false,
  keepsUnrotated: true,
  dropout: true,
  keepsOutputs: false,
  // 16-bit logits, their FP32 copy that `cross_entropy.py` turns into the softmax in place, and the 16-bit gradient.
  bytesPerLogit: 8,
  reduceBuffer: 0,
  buckets: 0,
  flattened: 0,
  keepsCasts: true,
  lowWeights: false,
};

/** torch's cross-entropy, eager: 16-bit logits, FP32, log-softmax, FP32 gradient. Compiled, one FP32 copy less. */
const TORCH_LOGIT = 14;
const COMPILED_LOGIT = 10;

const MEGATRON_CORE: Habits = {
  ...MEGATRON,
  // NeMo's recipes sum gradients in BF16 (`grad_sync_dtype`) and gather FP8 weights (MLPerf's `FP8_PARAMS`);
  // Megatron-LM's own script sums them in FP32: `gradientFormat` says so.
  gradients: '16-bit',
  fusedGate: true,
  // As MLPerf's logged allocations have it; not read in the code.
  keepsUnrotated: false,
  dropout: false,
  lowWeights: true,
};

/** DeepSpeed's `reduce_bucket_size` and `allgather_bucket_size`: 5e8 numbers of 16 bits, each. */
const DEEPSPEED_BUCKETS: Bytes = 2 * 0.5 * GIGA * 2;

/**
 * Megatron's layers under DeepSpeed's optimizer (`stage_1_and_2.py`: 16-bit gradients, a rank's share flattened and cast
 * for its step) and its pipeline engine: Megatron-DeepSpeed, GPT-NeoX, Aleph Alpha's scaling.
 */
const DEEPSPEED: Habits = {
  ...MEGATRON,
  gradients: '16-bit',
  keepsOutputs: true,
  buckets: DEEPSPEED_BUCKETS,
  flattened: 2 + 4,
};

const NANOTRON: Habits = {
  ...MEGATRON,
  dropout: false,
  // `_ShardedCrossEntropy` works on a copy: 16-bit, FP32, FP32 less the maximum and then softmax, FP32 gradient.
  bytesPerLogit: 14,
  // DDP's buckets hold the 16-bit gradients beside the FP32 ones they are added to.
  reduceBuffer: 2,
  keepsCasts: false,
};

const FSDP: Habits = {
  ...MEGATRON,
  keepsGathered: true,
  keepsUnrotated: false,
  dropout: false,
  bytesPerLogit: TORCH_LOGIT,
  keepsCasts: false,
};

function habitsOf({ framework, parallelism }: RuleQuestion): Habits {
  switch (framework) {
    case 'megatron-2021':
    case 'megatron-2022':
      // Before Megatron Core, a sharded optimizer under Megatron was DeepSpeed's.
      return parallelism.zeroStage > 0 ? DEEPSPEED : MEGATRON;
    case 'megatron-core':
      return MEGATRON_CORE;
    case 'deepspeed':
      return DEEPSPEED;
    case 'nanotron':
      return NANOTRON;
    case 'fsdp':
      return FSDP;
  }
}

/**
 * What a family spends on a parameter: FSDP shards FP32 throughout (16 bytes); the others keep 16-bit weights with
 * FP32 master weights and moments, and sum gradients in 16 bits (16 bytes; 4 + 12/d when the optimizer is shared by d
 * ranks) or in FP32 (18; 6 + 12/d), DeepSpeed in FP32 beside the 16-bit ones (20; 8 + 12/d).
 */
function recipeOf({ framework, precision, gradientFormat }: RuleQuestion, habits: Habits): StateRecipe {
  if (precision === 'fp32' || framework === 'fsdp') return stateRecipe('fp32-16');
  if ((gradientFormat ?? habits.gradients) === '16-bit') return stateRecipe('mixed-16');
  return stateRecipe(habits.buckets > 0 ? 'mixed-20' : 'mixed-18');
}

/**
 * The rules of a scenario's framework family. Dropout belongs to GPT models (LayerNorm), not to those after Llama.
 * @source Megatron-LM, NeMo, nanotron, torchtitan and DeepSpeed source code; Korthikanti 2022, figure 1 and section
 *   4.1; Rajbhandari 2020, section 3.1; Zhao 2023, section 4.4
 */
export function memoryRules(question: RuleQuestion): MemoryRules {
  const { model, kernels, framework } = question;
  const habits = habitsOf(question);
  const gathered = kernels?.gatheredLogits ?? false;
  // A loss over gathered logits is torch's own.
  const torchLoss = gathered || framework === 'fsdp';
  return {
    ...habits,
    recipe: recipeOf(question, habits),
    fusedNorm: kernels?.fusedNorm ?? true,
    dropout: habits.dropout && model.norm === 'layernorm',
    splitLogits: !gathered,
    bytesPerLogit: torchLoss ? (kernels?.compiled ? COMPILED_LOGIT : TORCH_LOGIT) : habits.bytesPerLogit,
  };
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
 * Bytes a parameter of the weights that stay between steps. Transformer Engine keeps low-precision operands twice, as
 * they are and transposed for the backward pass; 8-bit ones replace the 16-bit weights where the family says so.
 */
export function residentWeightBytes(precision: TrainingPrecision, rules: MemoryRules): number {
  const { weights } = rules.recipe;
  const operand = operandBytes(precision);
  if (operand >= elementBytes(precision) || !rules.keepsCasts) return weights;
  const replaces = rules.lowWeights && precision !== 'nvfp4';
  return (replaces ? 0 : weights) + 2 * operand;
}
