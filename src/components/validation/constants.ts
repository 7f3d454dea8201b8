/**
 * The global constants of the estimator for the page's list, read from where they are used. An adapter: when the
 * estimator exports a list of its own, this is the one file that changes.
 */
import {
  BACKWARD_SHARE,
  BUCKET_PER_RANK,
  burstShare,
  CUDA_CONTEXT,
  ENERGY_BY_FORMAT,
  FILL_BYTES,
  FLASH_SHARES,
  FRAGMENTATION,
  FRAMEWORK_RULES,
  GEMM_BANDWIDTH_SHARE,
  IDLE_LOST,
  JOULES_PER_FLOP,
  LEAST_BUCKET,
  NCCL_GROUP,
  NETWORK,
  OPERAND_COST,
  POWERED_SHARE,
  PRODUCT_SHARE,
  STEP,
  type Format,
} from '#estimator';
import { gpus } from '#catalog';
import { nodeById } from '#catalog/nodes.ts';
import { formatQuantity, significant, type Quantity } from '#format';

export interface Constant {
  readonly name: string;
  readonly value: string;
  /** Where it comes from: a source, or what it was fitted on. */
  readonly source: string;
}

export interface ConstantGroup {
  readonly title: string;
  readonly note: string;
  readonly constants: readonly Constant[];
}

const text = (value: number, unit: Quantity['unit']): string => formatQuantity({ value, unit });
const share = (value: number): string => text(value, 'ratio');
const seconds = (value: number): string => text(value, 's');

const FITTED = 'fitted on half of the measured NCCL curves';
const TUNING = 'NCCL, src/graph/tuning.cc';
const GTC24 = 'NVIDIA GTC 2024, S62129';

const NVLINK_SOURCES: Readonly<Record<string, string>> = {
  Volta: GTC24,
  Pascal: 'as Volta',
  Turing: 'as Volta',
};

const nvlink: readonly Constant[] = Object.entries(NETWORK.NVLINK_GENERATIONS).flatMap(
  ([architecture, { fraction, launch }]) => {
    const source = NVLINK_SOURCES[architecture] ?? FITTED;
    return [
      { name: `${architecture}: payload of NVLink’s line rate`, value: share(fraction), source },
      { name: `${architecture}: launch of a collective`, value: seconds(launch), source },
    ];
  },
);

const wires: readonly Constant[] = [
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

const FORMATS = [
  ['bf16', 'BF16'],
  ['fp8', 'FP8'],
  ['fp4', 'FP4'],
] as const;

/** Architectures whose matrix products were timed, oldest first. */
const TIMED = ['Ampere', 'Hopper', 'Blackwell', 'Blackwell Ultra'].filter((name) =>
  gpus.some(({ architecture }) => architecture === name),
);

const TABLES = 'fitted on half of the GEMM tables of NVIDIA AIConfigurator';

const shapes: readonly Constant[] = [
  {
    name: 'Memory bandwidth that a matrix product reaches',
    value: share(GEMM_BANDWIDTH_SHARE),
    source: TABLES,
  },
  { name: 'Filling the pipeline along k, bytes of a row', value: text(FILL_BYTES, 'count'), source: TABLES },
  { name: 'Idle time of the last wave that is lost', value: share(IDLE_LOST), source: TABLES },
  {
    name: 'Elements’ width that a tile pays for its operands',
    value: text(OPERAND_COST, 'count'),
    source: TABLES,
  },
];

const bursts: readonly Constant[] = TIMED.flatMap((architecture) =>
  FORMATS.filter(([format]) =>
    gpus.some((gpu) => gpu.architecture === architecture && gpu.peak[format] !== undefined),
  ).map(([format, name]) => ({
    name: `${architecture}, ${name}: share of the dense peak in a long matrix product`,
    value: share(burstShare(architecture, format)),
    source: TABLES,
  })),
);

const gemm: readonly Constant[] = [...bursts, ...shapes];

const RUNS = 'fitted on half of the published runs';
const KNOWN = 'set by hand, near what kernels measure';
const picojoules = (value: number): string => `${significant(value * 1e12, 3)} pJ`;
const mebibytes = (value: number): string => `${significant(value / 2 ** 20, 4)} MiB`;

const energy: readonly Constant[] = [
  ...Object.entries(JOULES_PER_FLOP).map(([architecture, value]) => ({
    name: `${architecture}: energy of a 16-bit FLOP, all included`,
    value: picojoules(value),
    source: RUNS,
  })),
  // FP6 and INT8 share the energy of FP8.
  ...(['fp8', 'fp4'] as const satisfies readonly Format[]).map((format) => ({
    name: `Energy of an ${format.toUpperCase()} FLOP over a 16-bit one`,
    value: share(ENERGY_BY_FORMAT[format] ?? 1),
    source: RUNS,
  })),
  {
    name: 'Blackwell: share of the 16-bit peak that the power limit holds',
    value: share(POWERED_SHARE),
    source: 'the mean of the four boards in the catalogue',
  },
];

const step: readonly Constant[] = [
  { name: 'Memory bandwidth that streaming kernels reach', value: share(STEP.streamingShare), source: RUNS },
  { name: 'Hidden communication that is paid all the same', value: share(STEP.contention), source: RUNS },
  { name: 'Covering work that a collective can use', value: share(STEP.coverShare), source: KNOWN },
  { name: 'From one small kernel to the next', value: seconds(STEP.kernelGap), source: KNOWN },
  { name: 'Host work between steps', value: seconds(STEP.hostSeconds), source: RUNS },
  { name: 'Issuing the backward pass over the forward', value: share(STEP.issueBackward), source: KNOWN },
  {
    name: 'Bytes a parameter that Adam moves',
    value: text(STEP.adamBytes, 'count'),
    source: 'its reads and writes, counted',
  },
  {
    name: 'Work of the busiest expert’s GPU over the mean',
    value: share(STEP.expertImbalance),
    source: RUNS,
  },
  {
    name: 'Bytes an element to cast an operand, forward and backward',
    value: `${STEP.castForward} and ${STEP.castBackward}`,
    source: 'Transformer Engine, cast_transpose and its fusions',
  },
  {
    name: 'Forward pass that selective policies of FSDP and XLA run again',
    value: share(STEP.selectiveShare),
    source: RUNS,
  },
  {
    name: 'Parameters in a bucket of Megatron Core, at least and for each replica',
    value: `${text(LEAST_BUCKET, 'count')} and ${text(BUCKET_PER_RANK, 'count')}`,
    source: 'Megatron Core, distributed_data_parallel.py',
  },
];

/** Kernels of a generation that enough published runs used; the others stand as their neighbours do. */
const FITTED_FLASH = /^(Ampere flash-[12]|Hopper flash-[123]|Blackwell flash-3)$/;

const flash: readonly Constant[] = Object.entries(FLASH_SHARES).flatMap(([architecture, kernels]) =>
  Object.entries(kernels).map(([kernel, value]) => ({
    name: `${architecture}, ${kernel.replace('flash-', 'FlashAttention ')}: share of the dense 16-bit peak`,
    value: share(value),
    source: FITTED_FLASH.test(`${architecture} ${kernel}`) ? RUNS : 'as its neighbours',
  })),
);

const attention: readonly Constant[] = [
  ...flash,
  {
    name: 'Backward products of attention over the forward ones',
    value: share(BACKWARD_SHARE),
    source: KNOWN,
  },
  {
    name: 'Unfused attention: share of the peak in its products',
    value: share(PRODUCT_SHARE),
    source: KNOWN,
  },
];

const HABIT = 'habit of the framework, set by hand';
const host: readonly Constant[] = Object.entries(FRAMEWORK_RULES).flatMap(
  ([family, { issueLayer, issueByTensor, lossBytes }]) => [
    {
      name: `${family}: host time to issue a layer’s forward pass`,
      value: seconds(issueLayer),
      source: HABIT,
    },
    { name: `${family}: bytes a logit that the loss moves`, value: text(lossBytes, 'count'), source: HABIT },
    ...(issueByTensor > 0
      ? [
          {
            name: `${family}: growth of the host’s time with each tensor-parallel rank, in pipelines`,
            value: share(issueByTensor),
            source: 'seen in its published sweep; why is not known to us',
          },
        ]
      : []),
  ],
);

const memory: readonly Constant[] = [
  {
    name: 'A process before its first tensor',
    value: mebibytes(CUDA_CONTEXT),
    source: 'BigScience, tr11-176B chronicles: nvidia-smi on an A100',
  },
  {
    name: 'NCCL, for a group of ranks',
    value: mebibytes(NCCL_GROUP),
    source: 'NVIDIA/nccl, issues 864 and 1685',
  },
  {
    name: 'What comes and goes in a step and the allocator cannot hand out',
    value: share(FRAGMENTATION),
    source: 'our own allowance, stated by no source',
  },
];

export const constantGroups: readonly ConstantGroup[] = [
  {
    title: 'Matrix products',
    note: 'Tile sizes and wave quantisation take the rest; FP4 and Blackwell Ultra have no table and stand on their best shapes.',
    constants: gemm,
  },
  {
    title: 'Fused attention',
    note: 'Matrix products only; exponentials run on their own units.',
    constants: attention,
  },
  {
    title: 'Energy',
    note: 'A step runs for hours at the power limit, so no matrix product is faster than power over energy.',
    constants: energy,
  },
  { title: 'The step', note: 'The same for every machine and framework.', constants: step },
  {
    title: 'The host',
    note: 'What Python costs between kernels; hidden wherever the GPU is the slower.',
    constants: host,
  },
  { title: 'NVLink', note: 'By generation, for all collectives and sizes.', constants: nvlink },
  { title: 'Collectives, network and PCIe', note: 'The same for every machine.', constants: wires },
  { title: 'Memory', note: 'Beside what tensors take.', constants: memory },
];
