import type { Bytes } from '../units.ts';

/** How the ports of a node reach the leaves: port i of every node on leaf i, or all of a node on one leaf. */
export type Wiring = 'rails' | 'nodes';

/** A network of equal switches between equal nodes. */
export interface FabricSpec {
  readonly nodes: number;
  /** Ports of one node in one plane. */
  readonly portsPerNode: number;
  /** Ports of one switch. */
  readonly radix: number;
  /** One port, one direction, bytes/s. */
  readonly portBandwidth: Bytes;
  /** Levels of switches: as few as hold the nodes unless said. */
  readonly levels?: 'fewest' | 1 | 2 | 3;
  /** `rails` unless said. */
  readonly wiring?: Wiring;
  /** Ports of a leaf towards nodes for each one towards spines: 1, which blocks nobody, unless said. */
  readonly oversubscription?: number;
  /** Equal networks side by side, which a node joins all: 1 unless said. */
  readonly planes?: number;
  /** Ports of machines that are not nodes, such as those that manage the fabric: 0 unless said. */
  readonly extraPorts?: number;
  /** Links that one cable carries: 2 where a port of the switch is split; 1 unless said. */
  readonly linksPerCable?: number;
}

/** Every field of a spec with a value. */
export type FullSpec = Required<FabricSpec>;

/** What a {@link FabricSpec} takes to build. Counts are of all planes together unless they say otherwise. */
export interface Fabric {
  readonly levels: 1 | 2 | 3;
  /** Ports of nodes, and the NICs' ports that they are: one that is split between planes counts once there. */
  readonly ports: number;
  readonly nics: number;
  readonly leaves: number;
  readonly spines: number;
  readonly cores: number;
  readonly switches: number;
  readonly cables: {
    readonly toNodes: number;
    readonly leafSpine: number;
    readonly spineCore: number;
    readonly total: number;
  };
  /** Ports of one leaf towards nodes and towards spines. */
  readonly leafDown: number;
  readonly leafUp: number;
  /** Groups of leaves that share spines, in one plane; 1 below three levels. */
  readonly pods: number;
  /** Bytes/s that can cross from one half of the nodes to the other, one direction. */
  readonly bisection: number;
  /** The same as a share of what the nodes could send. */
  readonly bisectionShare: number;
  /** Switches between the two nodes that are farthest apart. */
  readonly farthest: number;
  /** Nodes that the same switches and levels could hold at most. */
  readonly mostNodes: number;
}
