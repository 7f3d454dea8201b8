import { TREE_SHARE } from './constants.ts';
import { lapsOf, type CollectiveOp } from './operation.ts';
import { pipelined } from './pipelined.ts';
import type { Wire, Wires } from './wires.ts';

/**
 * A double binary tree between domains and a chain inside each: steps grow with the logarithm of the domains, which
 * wins where a ring's many steps would. Up to reduce, down to broadcast.
 * @returns seconds; Infinity for what trees do not do
 * @source NCCL, src/graph/tuning.cc: 2 x ((ranks per node - 1) x inside + log2(nodes) x between), 0.92 of the bandwidth
 */
export function treeSeconds(
  op: CollectiveOp,
  bytes: number,
  ranks: number,
  perDomain: number,
  local: Wire,
  wires: Wires,
): number {
  if (op !== 'all-reduce' && op !== 'broadcast') return Infinity;
  const laps = lapsOf(op);
  const domains = Math.ceil(ranks / perDomain);
  const volume = (laps * bytes) / TREE_SHARE;
  const inside = perDomain > 1 ? volume / local.bandwidth : 0;
  const between = domains > 1 ? volume / (perDomain * wires.network.bandwidth) : 0;
  const latency = laps * ((perDomain - 1) * local.hop + Math.ceil(Math.log2(domains)) * wires.network.hop);
  return pipelined(wires.launch + latency, Math.max(inside, between));
}
