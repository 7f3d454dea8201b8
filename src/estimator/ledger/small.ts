import { held, other } from './costs.ts';
import { ledgerName } from './names.ts';
import type { LedgerRow } from './types.ts';

/** Adam's moments in 8 bits: two codes, and for each block of 256 the FP32 maximum of either. */
const EIGHT_BIT_MOMENTS = 2 + (2 * 4) / 256;

/** NF4: four bits, and for each block of 64 an 8-bit scale, whose own scale in FP32 covers 256 blocks. */
const NF4_WEIGHTS = 0.5 + (1 + 4 / 256) / 64;

const linear = { key: 'transformer-engine-code', where: 'module/linear.py, is_first_microbatch' };

/** FP8, 8-bit optimizers, and adapters beside frozen weights. */
export const SMALL_ROWS: readonly LedgerRow[] = [
  {
    ...ledgerName('fp8-cast'),
    costs: [...held('whole', [2, 4, 0, 0]), ...held('shared', [0, 0, 4, 8]), other(2, 'whole')],
    note: 'Other is the FP8 weights and their transposed copy, cached from the first micro-batch on: FP8 takes more memory, not less.',
    sources: [linear, { key: 'transformer-engine-257', where: 'the answer on both copies of the weights' }],
  },
  {
    ...ledgerName('fp8-primary'),
    costs: [...held('whole', [1, 4, 0, 0]), ...held('shared', [0, 0, 4, 8]), other(1, 'whole')],
    note: 'Megatron’s fp8-param-gather on Transformer Engine’s quantized parameters; other is the transposed copy, which Hopper needs.',
    sources: [
      { key: 'transformer-engine-code', where: 'quantization.py, quantized_model_init' },
      {
        key: 'nvidia-megatron-lm',
        where: 'megatron/core/distributed/distributed_data_parallel_config.py, fp8_param_gather',
      },
    ],
  },
  {
    ...ledgerName('adam-8bit'),
    costs: held('whole', [4, 4, 0, EIGHT_BIT_MOMENTS]),
    note: 'Tensors of fewer than 4,096 numbers keep 32-bit moments, which a large model does not notice.',
    sources: [
      { key: 'bitsandbytes-code', where: 'optim/optimizer.py, Optimizer2State.init_state' },
      { key: 'dettmers2022', where: 'section 2' },
    ],
  },
  {
    ...ledgerName('adam-8bit-bf16'),
    costs: held('whole', [2, 2, 0, EIGHT_BIT_MOMENTS]),
    note: 'No master copy: small updates are rounded away.',
    sources: [{ key: 'bitsandbytes-code', where: 'optim/optimizer.py, Optimizer2State.init_state' }],
  },
  {
    ...ledgerName('lora'),
    costs: [...held('whole', [2, 0, 0, 0]), ...held('trained', [4, 4, 0, 8])],
    note: 'The model is frozen; the adapters are FP32, as PEFT casts them, and alone have gradients and moments.',
    sources: [
      { key: 'hu2022', where: 'section 4.2' },
      { key: 'peft-code', where: 'mapping_func.py, autocast_adapter_dtype' },
    ],
  },
  {
    ...ledgerName('qlora'),
    costs: [...held('whole', [NF4_WEIGHTS, 0, 0, 0]), ...held('trained', [4, 4, 0, 8])],
    note: 'NF4 with double quantization; embeddings and norms, which stay in 16 bits, are counted as the rest.',
    sources: [
      { key: 'bitsandbytes-code', where: 'functional.py, quantize_4bit with compress_statistics' },
      { key: 'dettmers2023', where: 'section 3' },
    ],
  },
];
