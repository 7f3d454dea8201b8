import { OWN_COPY } from './constants.ts';
import { busFactor, lapsOf, type CollectiveOp } from './operation.ts';
import { pipelined } from './pipelined.ts';
import type { Wire, Wires } from './wires.ts';

/**
 * A ring through all ranks: every GPU passes to its neighbour what it has just received. One GPU of each domain (and,
 * with several rings, each of them in turn) hands on to the next domain, so between domains all their NICs add up.
 * @param perDomain ranks in one domain, which `local` connects
 * @returns seconds; Infinity for what pairs do on their own
 * @source Thakur 2005, section 4; steps inside and between nodes as NCCL counts them, src/graph/tuning.cc
 */
export function ringSeconds(
  op: CollectiveOp,
  bytes: number,
  ranks: number,
  perDomain: number,
  local: Wire,
  wires: Wires,
): number {
  if (op === 'all-to-all' || op === 'send-receive') return Infinity;
  const laps = lapsOf(op);
  const domains = Math.ceil(ranks / perDomain);
  const volume = bytes * busFactor(op, ranks);
  const own = op === 'broadcast' ? 0 : (OWN_COPY * bytes) / ranks;
  const inside = perDomain > 1 ? (volume + own) / local.bandwidth : 0;
  const between = domains > 1 ? volume / (perDomain * wires.network.bandwidth) : 0;
  const latency = laps * ((ranks - domains) * local.hop + (domains - 1) * wires.network.hop);
  return pipelined(wires.launch + latency, Math.max(inside, between));
}
