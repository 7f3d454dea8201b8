/**
 * The constants of communication: what wires keep of their line rate, and what a step on them costs. Global and
 * physical. Those marked "fitted" minimise the error over every second one of the 76 NCCL curves (1,596 points, A100 to
 * GB300) in content/data/measured/collectives/nccl.json; the other half is the test (test/golden/estimator/network.golden.test.ts). The form of
 * the model was chosen with all of them in view.
 */

/** What a generation of GPUs makes of its NVLinks. */
export interface NvlinkGeneration {
  /** Share of the line rate that is payload, at sizes where nothing else counts. */
  readonly fraction: number;
  /** Launch and synchronisation of a collective's kernel, seconds. */
  readonly launch: number;
}

/** Latest generation, also for architectures that are not listed. */
const BLACKWELL: NvlinkGeneration = { fraction: 0.817, launch: 7.9e-6 };

/** @source NVIDIA GTC 2024, S62129: V100 reaches 122 of 150 GB/s in an all-reduce of 8; no curve of it was found. */
const VOLTA: NvlinkGeneration = { fraction: 0.84, launch: 8.9e-6 };

/** By `Gpu.architecture`. Fitted, but for Volta. */
export const NVLINK_GENERATIONS: Readonly<Record<string, NvlinkGeneration>> = {
  Pascal: VOLTA,
  Volta: VOLTA,
  Turing: VOLTA,
  Ampere: { fraction: 0.795, launch: 8.9e-6 },
  Hopper: { fraction: 0.915, launch: 3.75e-6 },
  Blackwell: BLACKWELL,
  'Blackwell Ultra': BLACKWELL,
};

/** What {@link NVLINK_GENERATIONS} says of an architecture, or of the newest one. */
export const nvlinkGeneration = (architecture: string): NvlinkGeneration =>
  NVLINK_GENERATIONS[architecture] ?? BLACKWELL;

/** One step between neighbours on NVLink, seconds. Fitted; NCCL's tuner has 0.6 (LL) to 1.9 (LL128). */
export const NVLINK_HOP = 0.96e-6;

/**
 * A message is cut into segments so that the steps overlap. The best cut costs `2 sqrt(segment x transfer)` on top of
 * the transfer (pipelined.ts); this is the fixed cost of one segment, seconds. Fitted; NCCL's tuner has 3.4 for one step
 * of its Simple protocol.
 */
export const SEGMENT_COST = 3.2e-6;

/** A GPU also copies its own part of the buffer, and at this cost a byte next to one sent over the wire. Fitted. */
export const OWN_COPY = 0.435;

/** Setting up one more peer of an all-to-all, seconds. Fitted. */
export const PEER_COST = 0.81e-6;

/**
 * Reduction inside NVSwitch (NVLS): share of the ring's bandwidth, and latency, seconds. The share is what H200 and B200
 * reach at 8 to 16 GiB; the latency is the tuner's.
 * @source Bekman, ml-engineering, network, SHARP section: 473 and 838 GB/s of bus bandwidth; NCCL, src/graph/tuning.cc,
 *   NVLS: 23
 */
export const IN_SWITCH_SHARE = 0.655;
export const IN_SWITCH_LATENCY = 23e-6;

/**
 * NCCL does not reduce in the switch below this many ranks of one domain.
 * @source Bekman, ml-engineering, network, SHARP section: NVLS on equals NVLS off on 4 GPUs, is faster from 5 or 6
 */
export const IN_SWITCH_RANKS = 5;

/** Bandwidth a double binary tree keeps of a ring's. @source NCCL, src/graph/tuning.cc: 0.92 */
export const TREE_SHARE = 0.92;

/**
 * Share of the NIC's rate that is payload, over RDMA.
 * @source NVIDIA GTC 2024, S62129: all-reduce at 24 of 25, 48 of 50, 192 of 200 and 380 of 400 GB/s
 */
export const NETWORK_SHARE = 0.96;

/**
 * From GPU memory through two NICs into GPU memory, without switches, seconds.
 * @source NCCL, src/graph/tuning.cc, network, Simple protocol: 14; its LL protocols need 3 to 9 but leave little bandwidth
 */
export const NETWORK_HOP = 14e-6;

/** One network switch, seconds. @source Mellanox QM8700 product brief: below 130 ns */
export const SWITCH_HOP = 0.13e-6;

/**
 * Nodes under one set of leaf switches (a scalable unit), and NICs that two levels of 64-port switches connect.
 * @source NVIDIA DGX SuperPOD H100 reference architecture, table 4; Quantum-2: 64²/2
 */
export const NODES_PER_UNIT = 32;
export const TWO_LEVEL_NICS = 2048;

/** Share of PCIe's line rate. @source NVIDIA GTC 2024, S62129: all-reduce of 8 at 24 of 32 and 48 of 64 GB/s */
export const PCIE_SHARE = 0.77;

/** One step between neighbours over PCIe, seconds. @source NCCL, src/graph/tuning.cc: 1.0 (LL) to 2.5 (LL128) */
export const PCIE_HOP = 2e-6;

/**
 * All pairs at once over PCIe meet on the links between switches and sockets; a ring crosses each only once.
 * @source NVIDIA GTC 2025, S72583: all-to-all at 12 and 24 GB/s where the all-reduce runs at 48 and 96
 */
export const PCIE_PAIRS_SHARE = 0.25;
