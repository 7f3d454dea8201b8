import { SEGMENT_COST } from './constants.ts';

/**
 * A transfer cut into segments that follow each other through all steps: latency of the steps, the bytes themselves,
 * and the price of the best cut, which is the geometric mean of segment cost and transfer. This is why bandwidth keeps
 * growing up to hundreds of megabytes.
 * @param latency seconds that no byte count changes
 * @param transfer seconds that the bytes take on the busiest wire
 * @returns seconds
 * @source arithmetic: k segments cost `k a`, and the last step waits `x / k` for its first one; `x + k a + x / k` is least
 *   at `k = sqrt(x / a)`
 */
export const pipelined = (latency: number, transfer: number): number =>
  latency + transfer + 2 * Math.sqrt(SEGMENT_COST * transfer);

/**
 * The transfer inside a time of {@link pipelined}: its inverse.
 * @param seconds the whole
 * @param latency of it, what no byte count changes; at most `seconds`
 * @returns seconds that the bytes take on the busiest wire
 */
export const transferWithin = (seconds: number, latency: number): number =>
  (Math.sqrt(SEGMENT_COST + (seconds - latency)) - Math.sqrt(SEGMENT_COST)) ** 2;
