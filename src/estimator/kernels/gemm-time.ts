import { checkNumbers, type NumberRule } from '../check-number.ts';
import { failed, ok, type Outcome } from '../issues.ts';
import { peakRate } from '../peak.ts';
import type { Format, Gpu } from '../types.ts';
import type { Bytes, Flop, Seconds } from '../units.ts';
import { FORMAT_BYTES } from './format-bytes.ts';
import {
  fillOf,
  GEMM_BANDWIDTH_SHARE,
  GEMM_LAUNCH,
  gemmBytes,
  gemmRate,
  tileCount,
  workPerSm,
} from './gemm.ts';
import { tilesOf, waveEfficiency, type Tile } from './tiles.ts';

/** One matrix multiplication C[m,n] = A[m,k] B[k,n]. */
export interface Gemm {
  readonly m: number;
  readonly n: number;
  readonly k: number;
  /** Multiplications in one kernel; 1 unless said. */
  readonly batch?: number;
  readonly format: Format;
  readonly gpu: Gpu;
  /** Joules of a FLOP: 0 (a short burst) unless said, `joulesPerFlop` for hours at the power limit. */
  readonly joules?: number;
}

/** Multiplications of one n and k whose rows differ: the experts of a layer. */
export interface GroupedGemm extends Omit<Gemm, 'm' | 'batch'> {
  /** Groups that have rows. */
  readonly groups: number;
  /** Mean rows of a group, a fraction if need be. */
  readonly mPerGroup: number;
}

export interface GemmTime {
  readonly seconds: Seconds;
  /** What takes longest: the Tensor Cores, the power they may draw, the memory, or starting the kernel. */
  readonly bound: 'compute' | 'power' | 'memory' | 'latency';
  /** FLOPs over what the dense peak does in the same time, 0 to 1. */
  readonly efficiency: number;
  readonly flops: Flop;
  readonly bytes: Bytes;
  /** The parts: seconds = max(compute, power, memory) + launch. */
  readonly parts: {
    readonly compute: Seconds;
    readonly power: Seconds;
    readonly memory: Seconds;
    readonly launch: Seconds;
  };
  /** The tile chosen, how many there are (a mean in a grouped GEMM) and how many waves of one tile per SM. */
  readonly tile: { readonly m: number; readonly n: number };
  readonly tiles: number;
  readonly waves: number;
  /** Share of the tiles' area that is result, 0 to 1: tile quantisation. */
  readonly tileEfficiency: number;
  /** Share of the SMs' time in whole waves that is work, 0 to 1: wave quantisation. */
  readonly waveEfficiency: number;
}

const COUNT: NumberRule = { min: 1, max: 1e9, integer: true };
const RULES = {
  m: COUNT,
  n: COUNT,
  k: COUNT,
  batch: COUNT,
  joules: { min: 0, max: 1e-9 },
} as const;

const boundOf = (compute: Seconds, power: Seconds, memory: Seconds): 'compute' | 'power' | 'memory' => {
  if (memory > compute && memory > power) return 'memory';
  return power > compute ? 'power' : 'compute';
};

function detail(
  gemm: Required<Gemm> & { readonly ragged: boolean },
  rules: Readonly<Record<string, NumberRule>>,
  values: object,
): Outcome<GemmTime> {
  const { m, n, k, batch, format, gpu, joules, ragged } = gemm;
  const issues = checkNumbers(rules, values as Readonly<Record<string, unknown>>);
  if (issues.length > 0) return failed(...issues);
  const peak = peakRate(gpu, format);
  if (!peak.ok) return peak;

  const elementBytes = FORMAT_BYTES[format];
  const countOf = (tile: Tile): number => tileCount(tile, m, n, batch, ragged);
  const workOf = (tile: Tile): number => workPerSm(tile, countOf(tile), k, fillOf(elementBytes), gpu.sms);
  const tile = tilesOf(gpu.architecture).reduce((best, next) => (workOf(next) < workOf(best) ? next : best));
  const tiles = countOf(tile);
  const bytes = gemmBytes(m, n, k, batch, elementBytes);
  const compute = (workOf(tile) * gpu.sms) / gemmRate(format, gpu);
  const flops = 2 * batch * m * n * k;
  const power = (flops * joules) / gpu.power;
  const memory = bytes / (gpu.memoryBandwidth * GEMM_BANDWIDTH_SHARE);
  const longest = Math.max(compute, power, memory);
  const seconds = longest + GEMM_LAUNCH;
  return ok({
    seconds,
    bound: longest < GEMM_LAUNCH ? 'latency' : boundOf(compute, power, memory),
    efficiency: flops / (seconds * peak.value),
    flops,
    bytes,
    parts: { compute, power, memory, launch: GEMM_LAUNCH },
    tile: { m: tile.m, n: tile.n },
    tiles,
    waves: tiles / gpu.sms,
    tileEfficiency: (batch * m * n) / (tiles * tile.m * tile.n),
    waveEfficiency: waveEfficiency(tiles, gpu.sms),
  });
}

/**
 * Time of a GEMM and where it goes; the seconds are those of `gemmSeconds`.
 * @returns or Issues at the field at fault
 */
export function gemmTime(gemm: Gemm): Outcome<GemmTime> {
  const full = { batch: 1, joules: 0, ...gemm, ragged: false };
  return detail(full, RULES, full);
}

/**
 * Time of a grouped GEMM and where it goes; the seconds are those of `groupedGemmSeconds`.
 * @returns or Issues at the field at fault
 */
export function groupedGemmTime(grouped: GroupedGemm): Outcome<GemmTime> {
  const { groups, mPerGroup, n, k, format, gpu, joules = 0 } = grouped;
  const rules = { groups: COUNT, mPerGroup: { min: 1, max: 1e9 }, n: COUNT, k: COUNT, joules: RULES.joules };
  return detail({ m: mPerGroup, n, k, batch: groups, format, gpu, joules, ragged: true }, rules, {
    ...grouped,
    joules,
  });
}
