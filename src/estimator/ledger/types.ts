import type { SourceRef } from '../types.ts';
import type { Bytes } from '../units.ts';

/** What a byte of a recipe holds. */
export type LedgerPart = 'weights' | 'gradients' | 'master' | 'moments' | 'other';

/** Who holds it: every replica, each replica its share, or every replica for trained parameters only. */
export type LedgerHolder = 'whole' | 'shared' | 'trained';

/** Bytes a parameter of one part. */
export interface LedgerCost {
  readonly part: LedgerPart;
  readonly bytes: Bytes;
  readonly held: LedgerHolder;
}

/** Whose recipe it is. */
export type LedgerFamily =
  'convention' | 'Megatron' | 'DeepSpeed' | 'FSDP' | 'nanotron' | 'FP8' | '8-bit' | 'LoRA';

/** One way to spend bytes on a parameter, and where it was read. */
export interface LedgerRow {
  readonly id: string;
  readonly family: LedgerFamily;
  readonly name: string;
  readonly costs: readonly LedgerCost[];
  /** What is to be known about it, one sentence. */
  readonly note: string;
  readonly sources: readonly SourceRef[];
}
