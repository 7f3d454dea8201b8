import type { FullSpec } from './types.ts';

/** Ports of a leaf towards nodes and towards spines. */
export interface LeafPorts {
  readonly down: number;
  readonly up: number;
}

/** Splits a switch's ports so that there are at most `oversubscription` downlinks for each uplink. */
export function leafPorts({ radix, oversubscription }: FullSpec): LeafPorts {
  const up = Math.floor(radix / (1 + oversubscription));
  return { down: Math.floor(up * oversubscription), up };
}

/**
 * Leaves of one plane. Rail-optimised, each rail has leaves of its own; otherwise a leaf takes whole nodes, where they
 * fit.
 */
export function leavesFor(spec: FullSpec, nodes: number, down: number): number {
  const { portsPerNode, wiring, extraPorts } = spec;
  const filled = Math.ceil((nodes * portsPerNode + extraPorts) / down);
  const nodesPerLeaf = Math.floor(down / portsPerNode);
  if (wiring === 'rails') return Math.max(filled, portsPerNode * Math.ceil(nodes / down));
  return nodesPerLeaf === 0 ? filled : Math.max(filled, Math.ceil(nodes / nodesPerLeaf));
}

/**
 * Leaves of one plane that the level above can join: in two levels every spine has a port for each leaf, in three a
 * core has one for each pod of half as many leaves.
 */
export const mostLeaves = (radix: number, levels: 2 | 3): number =>
  levels === 2 ? radix : radix * Math.floor(radix / 2);

/**
 * Ports for nodes of the largest fat tree of one kind of switch that gives every node its full rate: half of each leaf's.
 * Radix²/2 in two levels, radix³/4 in three.
 * @param radix ports of a switch, even
 */
export const mostPorts = (radix: number, levels: 2 | 3): number => mostLeaves(radix, levels) * (radix / 2);

/** Nodes that fit when there may be so many leaves. */
export function mostNodes(spec: FullSpec, down: number, leaves: number): number {
  const { portsPerNode, wiring } = spec;
  const nodesPerLeaf = Math.floor(down / portsPerNode);
  let nodes =
    wiring === 'rails'
      ? Math.floor(leaves / portsPerNode) * down
      : nodesPerLeaf === 0
        ? Math.floor((leaves * down) / portsPerNode)
        : leaves * nodesPerLeaf;
  while (nodes > 0 && leavesFor(spec, nodes, down) > leaves) nodes--;
  return nodes;
}
