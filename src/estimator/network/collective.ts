import type { Cluster } from '../training/types.ts';
import { hierarchicalSeconds } from './hierarchical.ts';
import { inSwitchSeconds } from './in-switch.ts';
import { busFactor, type CollectiveOp } from './operation.ts';
import { pairwiseSeconds } from './pairwise.ts';
import type { Placement } from './placement.ts';
import { ringSeconds } from './ring.ts';
import { treeSeconds } from './tree.ts';
import { wiresOf, type Wire, type WireOptions, type Wires } from './wires.ts';

export type CollectiveAlgorithm = 'ring' | 'tree' | 'in-switch' | 'hierarchical' | 'pairwise' | 'none';

type Algorithm = (
  op: CollectiveOp,
  bytes: number,
  ranks: number,
  perDomain: number,
  local: Wire,
  wires: Wires,
) => number;

/** Of equals the first is taken. Each gives Infinity for what it does not do. */
export const ALGORITHMS: readonly (readonly [Exclude<CollectiveAlgorithm, 'none'>, Algorithm])[] = [
  ['pairwise', pairwiseSeconds],
  ['ring', ringSeconds],
  ['tree', treeSeconds],
  ['in-switch', inSwitchSeconds],
  ['hierarchical', hierarchicalSeconds],
];

/** Ranks that the local wire joins: those in a domain, or in a server that reaches further than NVLink. */
export const nearOf = (ranks: number, perDomain: number, perNode: number): number =>
  Math.min(ranks, Math.max(1, perDomain, perNode));

/** Where the server reaches further than NVLink, the slowest local wire of the group is PCIe. */
export const localOf = (perDomain: number, perNode: number, wires: Wires): Wire =>
  perNode > perDomain ? wires.pcie : wires.nvlink;

/**
 * The lean form of {@link collectiveTime} for inner loops: only seconds, nothing allocated.
 *
 * @param bytes as {@link collectiveTime} counts them
 * @param ranks GPUs in the group
 * @param ranksPerDomain of them in one NVLink domain
 * @param wires {@link wiresOf} the cluster
 * @param ranksPerNode of them in one server, where that is more than the domain (PCIe boxes)
 * @returns seconds; 0 for one rank or no bytes, Infinity over a wire that does not exist
 */
export function collectiveSeconds(
  op: CollectiveOp,
  bytes: number,
  ranks: number,
  ranksPerDomain: number,
  wires: Wires,
  ranksPerNode = ranksPerDomain,
): number {
  if (!(ranks > 1 && bytes > 0)) return 0;
  const near = nearOf(ranks, ranksPerDomain, ranksPerNode);
  const local = localOf(ranksPerDomain, ranksPerNode, wires);
  // By hand and not over the table: this is called millions of times a second.
  if (op === 'all-to-all' || op === 'send-receive')
    return pairwiseSeconds(op, bytes, ranks, near, local, wires);
  const flat = Math.min(
    ringSeconds(op, bytes, ranks, near, local, wires),
    inSwitchSeconds(op, bytes, ranks, near, local, wires),
  );
  // Inside one domain a tree has the steps of a ring and more bytes, and there is no second level.
  if (near >= ranks) return flat;
  return Math.min(
    flat,
    treeSeconds(op, bytes, ranks, near, local, wires),
    hierarchicalSeconds(op, bytes, ranks, near, local, wires),
  );
}

/** {@link collectiveSeconds} of a group that has been placed. */
export const groupSeconds = (
  op: CollectiveOp,
  bytes: number,
  { ranks, ranksPerDomain, ranksPerNode }: Placement,
  wires: Wires,
): number => collectiveSeconds(op, bytes, ranks, ranksPerDomain, wires, ranksPerNode);

export interface CollectiveTime {
  readonly seconds: number;
  /** The fastest, which NCCL's tuner would take; `none` when there is nothing to do. */
  readonly algorithm: CollectiveAlgorithm;
  /** `bytes / seconds`, bytes/s; 0 when there is nothing to do. */
  readonly algorithmBandwidth: number;
  /** Algorithm bandwidth times the bus factor of nccl-tests, bytes/s: what to hold against a wire's line rate. */
  readonly busBandwidth: number;
  /** Whether steps and launches take most of the time, or bytes do. */
  readonly bound: 'latency' | 'bandwidth';
}

const NOTHING: CollectiveTime = {
  seconds: 0,
  algorithm: 'none',
  algorithmBandwidth: 0,
  busBandwidth: 0,
  bound: 'latency',
};

/**
 * Time of one collective of one group of GPUs: alpha-beta over NVLink, PCIe and network, by the fastest algorithm.
 *
 * @param bytes as nccl-tests count them ("size"): all-reduce, broadcast and send-receive: the buffer of one rank.
 *   All-gather: the full buffer that every rank ends up with. Reduce-scatter: the full buffer that every rank starts
 *   with. All-to-all: the full send buffer of one rank, of which it keeps 1/ranks.
 * @param placement where the group's ranks lie, from {@link placeGroups}; all like groups are taken to run at once
 * @returns seconds and bytes/s; all 0 for one rank or no bytes; Infinity seconds over a wire that does not exist
 * @source Thakur 2005, section 4; NCCL, src/graph/tuning.cc; constants.ts. Median error 6% on measured curves from 1 MiB
 */
export function collectiveTime(
  op: CollectiveOp,
  bytes: number,
  placement: Placement,
  cluster: Cluster,
  options: WireOptions = {},
): CollectiveTime {
  const { ranks, ranksPerDomain, ranksPerNode } = placement;
  if (!(ranks > 1 && bytes > 0)) return NOTHING;
  const wires = wiresOf(cluster, options);
  const near = nearOf(ranks, ranksPerDomain, ranksPerNode);
  const local = localOf(ranksPerDomain, ranksPerNode, wires);
  const [first, ...others] = ALGORITHMS.map(([algorithm, cost]) => ({
    algorithm,
    seconds: cost(op, bytes, ranks, near, local, wires),
    idle: cost(op, 0, ranks, near, local, wires),
  }));
  const { algorithm, seconds, idle } = others.reduce((a, b) => (b.seconds < a.seconds ? b : a), first!);
  const algorithmBandwidth = bytes / seconds;
  return {
    seconds,
    algorithm,
    algorithmBandwidth,
    busBandwidth: algorithmBandwidth * busFactor(op, ranks),
    bound: 2 * idle >= seconds ? 'latency' : 'bandwidth',
  };
}
