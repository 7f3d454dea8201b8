import type { FrameworkFamily } from './types.ts';

/** Families that can split norms along the sequence. @source Korthikanti 2022, section 4.2.2; their source code */
export const SPLITS_SEQUENCE: ReadonlySet<FrameworkFamily> = new Set([
  'megatron-2022',
  'megatron-core',
  'fsdp',
  'nanotron',
]);
