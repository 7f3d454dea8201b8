import {
  BACKWARD_SHARE,
  burstShare,
  ENERGY_BY_FORMAT,
  FILL_BYTES,
  FLASH_SHARES,
  GEMM_BANDWIDTH_SHARE,
  IDLE_LOST,
  JOULES_PER_FLOP,
  OPERAND_COST,
  POWERED_SHARE,
  PRODUCT_SHARE,
  type Format,
} from '#estimator';
import { gpus } from '#catalog';
import { significant } from '#format';
import { KNOWN, RUNS, share, text, type Constant } from './format.ts';

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
  {
    name: 'Filling the pipeline, as if k were longer by so many bytes',
    value: text(FILL_BYTES, 'count'),
    source: TABLES,
  },
  { name: 'Idle time of the last wave that is lost', value: share(IDLE_LOST), source: TABLES },
  {
    name: 'Operands of an m × n tile: slower by 1 + c (1/m + 1/n)',
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

export const gemm: readonly Constant[] = [...bursts, ...shapes];

const picojoules = (value: number): string => `${significant(value * 1e12, 3)} pJ`;

export const energy: readonly Constant[] = [
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

/** Kernels of a generation that enough published runs used; the others stand as their neighbours do. */
const FITTED_FLASH = /^(Ampere flash-[12]|Hopper flash-[123]|Blackwell flash-3)$/;

const flash: readonly Constant[] = Object.entries(FLASH_SHARES).flatMap(([architecture, kernels]) =>
  Object.entries(kernels).map(([kernel, value]) => ({
    name: `${architecture}, ${kernel.replace('flash-', 'FlashAttention ')}: share of the dense 16-bit peak`,
    value: share(value),
    source: FITTED_FLASH.test(`${architecture} ${kernel}`) ? RUNS : 'as its neighbours',
  })),
);

export const attention: readonly Constant[] = [
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
