import type { LedgerRow } from './types.ts';

/** What a row is called, and whose it is. */
export type LedgerName = Pick<LedgerRow, 'id' | 'family' | 'name'>;

/** The rows by name, apart from what they hold: a form that offers them needs no more. */
export const LEDGER_NAMES: readonly LedgerName[] = [
  { id: 'fp32', family: 'convention', name: 'FP32 throughout' },
  { id: 'mixed-16', family: 'convention', name: 'mixed, 16 bytes' },
  { id: 'mixed-18', family: 'convention', name: 'mixed, 18 bytes' },
  { id: 'mixed-20', family: 'convention', name: 'mixed, 20 bytes' },
  { id: 'megatron-distributed', family: 'Megatron', name: 'distributed optimizer' },
  { id: 'megatron-distributed-16', family: 'Megatron', name: 'distributed, 16-bit gradients' },
  { id: 'megatron-bf16-moments', family: 'Megatron', name: 'distributed, BF16 moments' },
  { id: 'deepspeed-zero-1', family: 'DeepSpeed', name: 'ZeRO-1' },
  { id: 'deepspeed-zero-2', family: 'DeepSpeed', name: 'ZeRO-2' },
  { id: 'deepspeed-zero-3', family: 'DeepSpeed', name: 'ZeRO-3' },
  { id: 'fsdp', family: 'FSDP', name: 'full sharding, FP32 shards' },
  { id: 'nanotron-zero-0', family: 'nanotron', name: 'FP32 gradient accumulator' },
  { id: 'nanotron-zero-1', family: 'nanotron', name: 'ZeRO-1' },
  { id: 'fp8-cast', family: 'FP8', name: 'FP8 beside BF16 weights' },
  { id: 'fp8-primary', family: 'FP8', name: 'FP8 weights only' },
  { id: 'adam-8bit', family: '8-bit', name: '8-bit Adam, FP32 weights' },
  { id: 'adam-8bit-bf16', family: '8-bit', name: '8-bit Adam, 16-bit weights' },
  { id: 'lora', family: 'LoRA', name: 'LoRA on 16-bit weights' },
  { id: 'qlora', family: 'LoRA', name: 'QLoRA: adapters on 4-bit weights' },
];

/** The name of an id. */
export const ledgerName = (id: string): LedgerName => LEDGER_NAMES.find((row) => row.id === id) as LedgerName;
