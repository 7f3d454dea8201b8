import { NETWORK } from '#estimator';
import { nodeById } from '#catalog/nodes.ts';
import { seconds, share, text, type Constant } from './format.ts';

const FITTED = 'fitted on half of the measured NCCL curves';
const TUNING = 'NCCL, src/graph/tuning.cc';
const GTC24 = 'NVIDIA GTC 2024, S62129';

const NVLINK_SOURCES: Readonly<Record<string, string>> = {
  Volta: GTC24,
  Pascal: 'as Volta',
  Turing: 'as Volta',
};

export const nvlink: readonly Constant[] = Object.entries(NETWORK.NVLINK_GENERATIONS).flatMap(
  ([architecture, { fraction, launch }]) => {
    const source = NVLINK_SOURCES[architecture] ?? FITTED;
    return [
      { name: `${architecture}: payload of NVLink’s line rate`, value: share(fraction), source },
      { name: `${architecture}: launch of a collective`, value: seconds(launch), source },
    ];
  },
);

export const wires: readonly Constant[] = [
  { name: 'One step between neighbours on NVLink', value: seconds(NETWORK.NVLINK_HOP), source: FITTED },
  { name: 'Fixed cost of one pipelined segment', value: seconds(NETWORK.SEGMENT_COST), source: FITTED },
  { name: 'Own copy, cost of a byte next to one sent', value: share(NETWORK.OWN_COPY), source: FITTED },
  { name: 'One more peer of an all-to-all', value: seconds(NETWORK.PEER_COST), source: FITTED },
  {
    name: 'Reduction in NVSwitch: share of the ring’s bandwidth',
    value: share(NETWORK.IN_SWITCH_SHARE),
    source: 'Bekman, ml-engineering, SHARP section',
  },
  { name: 'Reduction in NVSwitch: latency', value: seconds(NETWORK.IN_SWITCH_LATENCY), source: TUNING },
  {
    name: 'Fewest ranks that reduce in the switch',
    value: text(NETWORK.IN_SWITCH_RANKS, 'count'),
    source: 'Bekman, ml-engineering, SHARP section',
  },
  {
    name: 'Double binary tree: share of a ring’s bandwidth',
    value: share(NETWORK.TREE_SHARE),
    source: TUNING,
  },
  { name: 'Payload of a NIC’s rate over RDMA', value: share(NETWORK.NETWORK_SHARE), source: GTC24 },
  { name: 'GPU memory to GPU memory through two NICs', value: seconds(NETWORK.NETWORK_HOP), source: TUNING },
  {
    name: 'The same over EFA of p4d and p5, beyond it',
    value: seconds(nodeById('aws-p5').networkLatency ?? 0),
    source: 'aws-ofi-nccl, src/platform-aws.cpp',
  },
  {
    name: 'One network switch',
    value: seconds(NETWORK.SWITCH_HOP),
    source: 'Mellanox QM8700 product brief',
  },
  {
    name: 'Nodes under one set of leaf switches',
    value: text(NETWORK.NODES_PER_UNIT, 'count'),
    source: 'NVIDIA DGX SuperPOD H100 reference architecture, table 4',
  },
  {
    name: 'NICs that two levels of switches connect',
    value: text(NETWORK.TWO_LEVEL_NICS, 'count'),
    source: 'Quantum-2: half the square of 64 ports',
  },
  { name: 'Payload of PCIe’s line rate', value: share(NETWORK.PCIE_SHARE), source: GTC24 },
  { name: 'One step between neighbours over PCIe', value: seconds(NETWORK.PCIE_HOP), source: TUNING },
  {
    name: 'All pairs at once over PCIe',
    value: share(NETWORK.PCIE_PAIRS_SHARE),
    source: 'NVIDIA GTC 2025, S72583',
  },
];
