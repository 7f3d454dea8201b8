import { stateRecipe, type StateRecipe } from '../model-state.ts';
import { held } from './costs.ts';
import { ledgerName } from './names.ts';
import type { LedgerCost, LedgerRow } from './types.ts';

function costsOf(id: StateRecipe['id']): LedgerCost[] {
  const { weights, gradients, master, moments } = stateRecipe(id);
  return held('whole', [weights, gradients, master, moments]);
}

/** What people mean by bytes a parameter, before anything is shared out. */
export const CONVENTION_ROWS: readonly LedgerRow[] = [
  {
    ...ledgerName('fp32'),
    costs: costsOf('fp32-16'),
    note: 'Adam on 32-bit numbers: the weights are their own master copy.',
    sources: [{ key: 'rajbhandari2020', where: 'section 3.1' }],
  },
  {
    ...ledgerName('mixed-16'),
    costs: costsOf('mixed-16'),
    note: 'The count of the ZeRO paper: its K of 12 is master weights and two moments in FP32.',
    sources: [{ key: 'rajbhandari2020', where: 'section 3.1' }],
  },
  {
    ...ledgerName('mixed-18'),
    costs: costsOf('mixed-18'),
    note: 'BF16 weights, gradients summed in FP32: what Megatron-LM allocates without its distributed optimizer.',
    sources: [
      { key: 'nvidia-megatron-core-distopt', where: 'table of bytes a parameter, bf16 and fp32' },
      {
        key: 'nvidia-megatron-lm',
        where: 'megatron/training/theoretical_memory_usage.py, num_bytes_per_parameter',
      },
    ],
  },
  {
    ...ledgerName('mixed-20'),
    costs: costsOf('mixed-20'),
    note: 'FP16 gradients and beside them the FP32 copy that the optimizer reads.',
    sources: [
      { key: 'nvidia-megatron-core-distopt', where: 'table of bytes a parameter, fp16 and fp16' },
      { key: 'smith2022', where: 'section 2, on memory efficiency' },
    ],
  },
];
