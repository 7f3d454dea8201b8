import { OWN_COPY, TREE_SHARE } from './constants.ts';
import { lapsOf, type CollectiveOp } from './operation.ts';
import { pipelined } from './pipelined.ts';
import type { Wire, Wires } from './wires.ts';

/**
 * Two levels, one after the other: reduce-scatter inside each domain, all-reduce of the parts along the rails (GPUs of
 * the same place in every domain), all-gather inside. Fewer steps than a ring through everybody, but the levels do not
 * overlap. Reduce-scatter and all-gather are its halves.
 * @returns seconds; Infinity on one level, and for what has no such form
 * @source Thakur 2005, section 4, on each of the two levels; tree between nodes as in tree.ts
 */
export function hierarchicalSeconds(
  op: CollectiveOp,
  bytes: number,
  ranks: number,
  perDomain: number,
  local: Wire,
  wires: Wires,
): number {
  const shardable = op === 'all-reduce' || op === 'reduce-scatter' || op === 'all-gather';
  if (!shardable || perDomain <= 1 || perDomain >= ranks) return Infinity;
  const laps = lapsOf(op);
  const domains = Math.ceil(ranks / perDomain);
  const part = bytes / perDomain / wires.network.bandwidth;
  const inside = (bytes * (laps * (perDomain - 1) + OWN_COPY)) / perDomain / local.bandwidth;
  const latency = wires.launch + laps * (perDomain - 1) * local.hop;
  const ring = pipelined(
    latency + laps * (domains - 1) * wires.network.hop,
    inside + (laps * part * (domains - 1)) / domains,
  );
  if (op !== 'all-reduce') return ring;
  const tree = pipelined(
    latency + laps * Math.ceil(Math.log2(domains)) * wires.network.hop,
    inside + (laps * part) / TREE_SHARE,
  );
  return Math.min(ring, tree);
}
