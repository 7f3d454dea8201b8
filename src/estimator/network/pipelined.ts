import { SEGMENT_COST } from './constants.ts';

/**
 * A transfer cut into segments that follow each other through all steps: latency of the steps, the bytes themselves,
 * and the price of the best cut, which is the geometric mean of segment cost and transfer. This is why bandwidth keeps
 * growing up to hundreds of megabytes.
 * @param latency seconds that no byte count changes
 * @param transfer seconds that the bytes take on the busiest wire
 * @returns seconds
 * @source Thakur 2005, section 4 (pipelining); the segment size that minimises `n/c (a + c b)` put in
 */
export const pipelined = (latency: number, transfer: number): number =>
  latency + transfer + 2 * Math.sqrt(SEGMENT_COST * transfer);
