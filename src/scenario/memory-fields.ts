import type { FrameworkFamily } from '#estimator';
import type { Field } from './field-types.ts';
import { choice, numbers } from './options.ts';

/** What memory depends on beyond the split of a step in infiniband-fields.ts. Degrees are text, because they are choices. */
export interface MemoryValues {
  stepContext: string;
  stepExpert: string;
  stepZero: '0' | '1' | '2' | '3';
  /** Whether norms and dropout are split along the sequence between tensor-parallel ranks. */
  stepSequence: 'split' | 'whole';
  /** What is kept in which format, copied and padded: a framework family of the estimator. */
  memoryRules: FrameworkFamily;
  /** What gradients are summed in; `own` is the framework's habit. */
  memoryGradients: 'own' | 'fp32' | '16-bit';
  /** Whether attention's scores reach memory. */
  memoryAttention: 'fused' | 'scores';
}

export const memoryFields: { readonly [K in keyof MemoryValues]: Field } = {
  stepContext: choice('Context parallel', 'zcp', 'GPUs that share each sequence.', numbers(1, 2, 4, 8, 16)),
  stepExpert: choice(
    'Expert parallel',
    'zep',
    'GPUs that share one set of experts, taken out of the replicas. Dense models have none to share.',
    numbers(1, 2, 4, 8, 16, 32, 64),
  ),
  stepZero: choice(
    'ZeRO stage',
    'zst',
    'What the replicas share out between them instead of each holding a copy.',
    [
      ['0', '0: nothing'],
      ['1', '1: optimizer state'],
      ['2', '2: gradients too'],
      ['3', '3: weights too (FSDP)'],
    ],
  ),
  stepSequence: choice(
    'Sequence parallel',
    'zsp',
    'Norms and dropout split along the sequence between tensor-parallel GPUs.',
    [
      ['split', 'on'],
      ['whole', 'off'],
    ],
  ),
  memoryRules: choice('Framework', 'zfw', 'What is kept in which format, copied and padded.', [
    ['megatron-2021', 'Megatron-LM 2021'],
    ['megatron-2022', 'Megatron-LM 2022'],
    ['megatron-core', 'Megatron Core, NeMo'],
    ['fsdp', 'PyTorch FSDP'],
    ['deepspeed', 'DeepSpeed'],
    ['nanotron', 'nanotron'],
  ]),
  memoryGradients: choice(
    'Gradients',
    'zgr',
    'The format in which gradients are summed over micro-batches.',
    [
      ['own', 'as the framework does'],
      ['fp32', 'FP32'],
      ['16-bit', '16 bits'],
    ],
  ),
  memoryAttention: choice(
    'Attention',
    'zat',
    'FlashAttention keeps scores on the chip; separate kernels write them to memory.',
    [
      ['fused', 'fused (FlashAttention)'],
      ['scores', 'separate kernels'],
    ],
  ),
};

/** The running example as NVIDIA's own configuration trains it: the distributed optimizer and sequence parallelism. */
export const memoryDefaults = {
  stepContext: '1',
  stepExpert: '1',
  stepZero: '1',
  stepSequence: 'split',
  memoryRules: 'megatron-core',
  memoryGradients: 'own',
  memoryAttention: 'scores',
} as const satisfies MemoryValues;
