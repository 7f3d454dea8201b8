import { held, other } from './costs.ts';
import { ledgerName } from './names.ts';
import type { LedgerRow } from './types.ts';

const distopt = 'nvidia-megatron-core-distopt';

/** What frameworks allocate when replicas share out, as read in their code. */
export const FRAMEWORK_ROWS: readonly LedgerRow[] = [
  {
    ...ledgerName('megatron-distributed'),
    costs: [...held('whole', [2, 4, 0, 0]), ...held('shared', [0, 0, 4, 8])],
    note: 'ZeRO-1 with FP32 gradients in a buffer that every replica holds whole.',
    sources: [
      { key: distopt, where: 'table of bytes a parameter, bf16 and fp32' },
      {
        key: 'nvidia-megatron-lm',
        where: 'megatron/training/theoretical_memory_usage.py, num_bytes_per_parameter',
      },
    ],
  },
  {
    ...ledgerName('megatron-distributed-16'),
    costs: [...held('whole', [2, 2, 0, 0]), ...held('shared', [0, 0, 4, 8]), other(4, 'shared')],
    note: 'The shared other 4 bytes are the FP32 copy of a replica’s share of the gradients, alive during the update: activations are gone by then, so the tank does not add it.',
    sources: [{ key: distopt, where: 'table of bytes a parameter, fp16 and fp16' }],
  },
  {
    ...ledgerName('megatron-bf16-moments'),
    costs: [...held('whole', [2, 4, 0, 0]), ...held('shared', [0, 0, 4, 4])],
    note: 'The precision-aware optimizer with both moments in BF16, as DeepSeek-V3 trained.',
    sources: [
      {
        key: 'nvidia-megatron-lm',
        where: 'megatron/core/optimizer/optimizer_config.py, use_precision_aware_optimizer and exp_avg_dtype',
      },
      { key: 'deepseekv3-2024', where: 'section 3.3.3' },
    ],
  },
  {
    ...ledgerName('deepspeed-zero-1'),
    costs: [...held('whole', [2, 2, 0, 0]), ...held('shared', [0, 0, 4, 8]), other(4, 'shared')],
    note: 'A replica flattens its share of the 16-bit gradients, which takes 2 more bytes shared for an instant, and casts that to FP32 for its update.',
    sources: [{ key: 'deepspeed-code', where: 'stage_1_and_2.py, step: flat_grad_partition.to' }],
  },
  {
    ...ledgerName('deepspeed-zero-2'),
    costs: [...held('whole', [2, 0, 0, 0]), ...held('shared', [0, 2, 4, 8]), other(4, 'shared')],
    note: 'Two and eighteen shared, as its own estimator counts: gradients in 16 bits and again in FP32.',
    sources: [{ key: 'deepspeed-code', where: 'stage_1_and_2.py, estimate_zero2_model_states_mem_needs' }],
  },
  {
    ...ledgerName('deepspeed-zero-3'),
    costs: [...held('shared', [2, 2, 4, 8]), other(4, 'shared')],
    note: 'Two bytes more than its own estimator counts: 16-bit gradients stand beside their FP32 copy, which is made for a billion parameters at a time.',
    sources: [
      {
        key: 'deepspeed-code',
        where: 'stage3.py, grad_partitions_flat_buffer and _prepare_fp32_grad_for_sub_group',
      },
    ],
  },
  {
    ...ledgerName('fsdp'),
    costs: held('shared', [4, 4, 0, 8]),
    note: 'Shards are FP32; the layer at work is gathered in BF16, which comes on top.',
    sources: [{ key: 'zhao2023', where: 'section 4.4' }],
  },
  {
    ...ledgerName('nanotron-zero-0'),
    costs: held('whole', [2, 6, 4, 8]),
    note: 'The 16-bit gradients of DDP’s buckets stand beside the FP32 buffer that they are added to.',
    sources: [{ key: 'nanotron-code', where: 'gradient_accumulator.py, FP32GradientAccumulator' }],
  },
  {
    ...ledgerName('nanotron-zero-1'),
    costs: [...held('whole', [2, 6, 0, 0]), ...held('shared', [0, 0, 4, 8])],
    note: 'The FP32 gradients stay whole on every replica: each accumulates for all parameters.',
    sources: [{ key: 'nanotron-code', where: 'gradient_accumulator.py, build_grad_buffers; zero.py' }],
  },
];
