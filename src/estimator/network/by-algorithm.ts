import type { Cluster } from '../training/types.ts';
import { ALGORITHMS, localOf, nearOf, type CollectiveAlgorithm } from './collective.ts';
import { busFactor, type CollectiveOp } from './operation.ts';
import { transferWithin } from './pipelined.ts';
import type { Placement } from './placement.ts';
import { wiresOf, type WireOptions } from './wires.ts';

/** What one algorithm would take. */
export interface AlgorithmTime {
  readonly algorithm: Exclude<CollectiveAlgorithm, 'none'>;
  readonly seconds: number;
  /** Of them the part that no byte count changes. */
  readonly latency: number;
  /** Of them what the bytes take on the busiest wire; the rest is the price of cutting the message into segments. */
  readonly transfer: number;
  /** Bytes/s, to hold against a wire's line rate. */
  readonly busBandwidth: number;
}

/**
 * Every algorithm that can do the collective, fastest first; the first is the one of {@link collectiveTime}.
 * @param bytes as {@link collectiveTime} counts them
 * @returns seconds and bytes/s; nothing for one rank or no bytes
 */
export function collectiveByAlgorithm(
  op: CollectiveOp,
  bytes: number,
  { ranks, ranksPerDomain, ranksPerNode }: Placement,
  cluster: Cluster,
  options: WireOptions = {},
): AlgorithmTime[] {
  if (!(ranks > 1 && bytes > 0)) return [];
  const wires = wiresOf(cluster, options);
  const near = nearOf(ranks, ranksPerDomain, ranksPerNode);
  const local = localOf(ranksPerDomain, ranksPerNode, wires);
  return ALGORITHMS.map(([algorithm, cost]) => {
    const seconds = cost(op, bytes, ranks, near, local, wires);
    const latency = cost(op, 0, ranks, near, local, wires);
    return {
      algorithm,
      seconds,
      latency,
      transfer: transferWithin(seconds, latency),
      busBandwidth: (bytes / seconds) * busFactor(op, ranks),
    };
  })
    .filter(({ seconds }) => Number.isFinite(seconds))
    .sort((a, b) => a.seconds - b.seconds);
}
