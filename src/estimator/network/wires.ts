import type { Gpu } from '../types.ts';
import type { Cluster } from '../training/types.ts';
import * as constant from './constants.ts';

/** One kind of wire as one GPU sees it. */
export interface Wire {
  /** Payload that one GPU sends in one direction while it receives as much, bytes/s. */
  readonly bandwidth: number;
  /** One step from a GPU to its neighbour, seconds. */
  readonly hop: number;
  /** Share of `bandwidth` left when all pairs of GPUs talk at once: 1 behind a switch that blocks nobody. */
  readonly pairs: number;
}

/** All the wires of a cluster, worked out once for many {@link collectiveSeconds}. */
export interface Wires {
  /** Launch and synchronisation of a collective, seconds. */
  readonly launch: number;
  readonly nvlink: Wire;
  readonly pcie: Wire;
  readonly network: Wire;
  /** Bytes/s of a buffer that NVSwitch reduces (NVLS); 0 before Hopper and without NVLink. */
  readonly inSwitch: number;
  /** The network's switches reduce too (SHARP). */
  readonly sharp: boolean;
}

export interface WireOptions {
  /** Reduction in InfiniBand switches: off unless said, as in NCCL. */
  readonly sharp?: boolean;
}

/** NVSwitch reduces and multicasts from its third generation on, which came with Hopper. */
const reducesInSwitch = ({ architecture }: Gpu): boolean =>
  !['Kepler', 'Pascal', 'Volta', 'Turing', 'Ampere'].includes(architecture);

/** Switches between two nodes far apart: leaf, leaf-spine-leaf, or through the core. */
function switchesBetween(nodes: number, gpus: number): number {
  if (nodes <= constant.NODES_PER_UNIT) return 1;
  return gpus <= constant.TWO_LEVEL_NICS ? 3 : 5;
}

/**
 * What the wires of a cluster deliver: line rates times what protocols keep of them, and latencies by scale.
 * @returns bytes/s in one direction and seconds
 * @source constants.ts
 */
export function wiresOf(cluster: Cluster, { sharp = false }: WireOptions = {}): Wires {
  const { gpu, gpus, gpusPerNode } = cluster;
  const { fraction, launch } = constant.nvlinkGeneration(gpu.architecture);
  const nvlink = gpu.nvlinkBandwidth * fraction;
  const switches = switchesBetween(gpus / gpusPerNode, gpus);
  return {
    launch,
    nvlink: { bandwidth: nvlink, hop: constant.NVLINK_HOP, pairs: 1 },
    pcie: {
      bandwidth: cluster.pcieBandwidth * constant.PCIE_SHARE,
      hop: constant.PCIE_HOP,
      pairs: constant.PCIE_PAIRS_SHARE,
    },
    network: {
      bandwidth: cluster.networkBandwidth * constant.NETWORK_SHARE,
      hop: constant.NETWORK_HOP + (cluster.networkLatency ?? 0) + switches * constant.SWITCH_HOP,
      pairs: 1,
    },
    inSwitch: reducesInSwitch(gpu) ? nvlink * constant.IN_SWITCH_SHARE : 0,
    sharp,
  };
}
