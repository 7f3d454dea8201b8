/** What a server holds, as far as its wires are concerned. Bandwidths in one direction, bytes/s. */
export interface NodeWiring {
  /** GPUs that its NVLinks join: a server's, a rack's. A server without NVLink: its GPUs. */
  readonly gpus: number;
  /** All NVLinks of one GPU together; 0 without NVLink. */
  readonly nvlinkBandwidth: number;
  /** NVLinks of one GPU. */
  readonly links: number;
  /** NVSwitch chips; 0 where the links run from GPU to GPU. */
  readonly switches: number;
  /** Baseboards over which GPUs and switches are spread evenly. */
  readonly boards: number;
  /** Host link of one GPU. */
  readonly pcieBandwidth: number;
  /** GPUs of one server: the ones that share its PCIe tree. */
  readonly gpusPerServer: number;
}

export type VertexKind = 'gpu' | 'nvswitch' | 'pcie-switch' | 'cpu';

/** A chip. Its id is its kind's letters and its number: `gpu3`, `nvs0`, `pci1`, `cpu0`. */
export interface Vertex {
  readonly id: string;
  readonly kind: VertexKind;
  readonly index: number;
}

/** Parallel wires between two chips. */
export interface Connection {
  readonly between: readonly [string, string];
  readonly wire: 'nvlink' | 'pcie';
  /** NVLinks; 1 for a PCIe slot or the wire between processors. */
  readonly links: number;
  /** All of them in one direction, bytes/s; Infinity where no source gives it (the wire between processors). */
  readonly bandwidth: number;
}

/** How the GPUs of a node are joined. */
export type NodeFabric = 'pcie' | 'cube-mesh' | 'switched';

export interface NodeTopology {
  readonly fabric: NodeFabric;
  readonly gpus: number;
  readonly vertices: readonly Vertex[];
  readonly connections: readonly Connection[];
  /** Least that crosses between one half of the GPUs and the other in one direction over NVLink, bytes/s. */
  readonly bisection: number;
}

/** One way from GPU to GPU. */
export interface WirePath {
  /** The chips between the two, in order; empty for a direct wire. */
  readonly through: readonly string[];
  /** NVLinks used side by side; 1 over PCIe. */
  readonly links: number;
  /** In one direction, bytes/s. */
  readonly bandwidth: number;
}
