/** What a group of GPUs can do together. */
export type CollectiveOp =
  'all-reduce' | 'reduce-scatter' | 'all-gather' | 'all-to-all' | 'broadcast' | 'send-receive';

/**
 * Times the buffer goes around the group: an all-reduce is a reduce-scatter and an all-gather.
 * @source Thakur 2005, section 4
 */
export const lapsOf = (op: CollectiveOp): number => (op === 'all-reduce' ? 2 : 1);

/**
 * Bus bandwidth over algorithm bandwidth: the share of the buffer that crosses each GPU's wire.
 * @returns a factor without unit
 * @source nccl-tests, doc/PERFORMANCE.md
 */
export function busFactor(op: CollectiveOp, ranks: number): number {
  if (op === 'broadcast' || op === 'send-receive') return 1;
  return (lapsOf(op) * (ranks - 1)) / ranks;
}
