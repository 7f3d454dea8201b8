import { busFactor, type CollectiveOp } from './operation.ts';

/**
 * Least time of a ring on a wire that loses nothing: the share of the buffer that has to cross each GPU's wire, over
 * its line rate.
 * @param bytes as `collectiveTime` counts them
 * @param bandwidth line rate of one GPU in one direction, bytes/s
 * @returns seconds
 * @source nccl-tests, doc/PERFORMANCE.md
 */
export const lineRateSeconds = (op: CollectiveOp, bytes: number, ranks: number, bandwidth: number): number =>
  (busFactor(op, ranks) * bytes) / bandwidth;
