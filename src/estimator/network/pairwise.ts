import { OWN_COPY, PEER_COST } from './constants.ts';
import type { CollectiveOp } from './operation.ts';
import { pipelined } from './pipelined.ts';
import type { Wire, Wires } from './wires.ts';

/**
 * All-to-all as every pair on its own: a GPU keeps its share, sends one to each rank of its domain over the local wire
 * and the rest through its own NIC, both at once.
 * @returns seconds
 * @source Thakur 2005, section 4 (pairwise exchange)
 */
function allToAllSeconds(bytes: number, ranks: number, perDomain: number, local: Wire, wires: Wires): number {
  const share = bytes / ranks;
  const inside = perDomain > 1 ? (share * (perDomain - 1 + OWN_COPY)) / (local.bandwidth * local.pairs) : 0;
  const between = perDomain < ranks ? (share * (ranks - perDomain)) / wires.network.bandwidth : 0;
  const hop = perDomain < ranks ? wires.network.hop : local.hop;
  return pipelined(wires.launch + hop + PEER_COST * (ranks - 1), Math.max(inside, between));
}

/**
 * One GPU sends, its neighbour in the group receives; over the network as soon as one pair of the group has to.
 * @returns seconds
 */
function sendReceiveSeconds(
  bytes: number,
  ranks: number,
  perDomain: number,
  local: Wire,
  wires: Wires,
): number {
  const wire = perDomain < ranks ? wires.network : local;
  return pipelined(wires.launch + wire.hop, bytes / wire.bandwidth);
}

/**
 * What pairs of GPUs do on their own.
 * @returns seconds; Infinity for what needs the whole group
 */
export function pairwiseSeconds(
  op: CollectiveOp,
  bytes: number,
  ranks: number,
  perDomain: number,
  local: Wire,
  wires: Wires,
): number {
  if (op === 'all-to-all') return allToAllSeconds(bytes, ranks, perDomain, local, wires);
  if (op === 'send-receive') return sendReceiveSeconds(bytes, ranks, perDomain, local, wires);
  return Infinity;
}
