import type { LedgerCost, LedgerHolder } from './types.ts';

/** Weights, gradients, master copy and Adam's moments, each held the same way; what is 0 is left out. */
export const held = (
  by: LedgerHolder,
  [weights, gradients, master, moments]: readonly [number, number, number, number],
): LedgerCost[] =>
  (
    [
      ['weights', weights],
      ['gradients', gradients],
      ['master', master],
      ['moments', moments],
    ] as const
  )
    .filter(([, bytes]) => bytes > 0)
    .map(([part, bytes]) => ({ part, bytes, held: by }));

/** Beside the four: copies and buffers. */
export const other = (bytes: number, by: LedgerHolder): LedgerCost => ({ part: 'other', bytes, held: by });
