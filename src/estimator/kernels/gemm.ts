import { FORMAT_BYTES } from './format-bytes.ts';
import { burstShare } from './gemm-rates.ts';
import { paidWaves, tilesOf, type Tile } from './tiles.ts';
import type { Format, Gpu } from '../types.ts';
import type { Bytes, FlopPerSecond, Seconds } from '../units.ts';

/**
 * Filling the pipeline and storing the result, as if the loop over k were this many bytes of a row longer: two stages
 * of 128 bytes, 128 elements of BF16. Fitted (115 to 140).
 */
export const FILL_BYTES = 256;

/**
 * Share of the memory bandwidth on paper that a GEMM moves its operands at. Fitted; alone, weights of 2 GB stream at
 * 0.83 to 0.86, those of 300 MB at 0.71 to 0.82.
 */
export const GEMM_BANDWIDTH_SHARE = 0.78;

/** From one kernel's start to the next one's when neither does any work. Fitted; 2.8 to 3.9 µs by architecture. */
export const GEMM_LAUNCH: Seconds = 3e-6;

/** Rows of tiles in one group: a whole number, or on average half a tile more where groups end anywhere in a tile. */
const rowTiles = (m: number, tile: number, ragged: boolean): number =>
  ragged ? Math.max(1, m / tile + 0.5) : Math.ceil(m / tile);

/** Tiles of all groups. */
export const tileCount = (tile: Tile, m: number, n: number, groups: number, ragged: boolean): number =>
  groups * rowTiles(m, tile.m, ragged) * Math.ceil(n / tile.n);

/** Elements along k that filling the pipeline costs. */
export const fillOf = (elementBytes: Bytes): number => FILL_BYTES / elementBytes;

/** What one SM works through with this tile, in FLOP of the largest tile's cost, pipeline fill included. */
export function workPerSm(tile: Tile, tileTotal: number, k: number, fill: number, sms: number): number {
  const waves = paidWaves(tileTotal, sms);
  return 2 * tile.m * tile.n * tile.cost * (waves * k + (waves > 1 ? waves * fill : fill));
}

/** Rate that the largest tile reaches on all SMs in a burst, FLOP/s; 0 when the GPU lacks the format. */
export const gemmRate = (format: Format, gpu: Gpu): FlopPerSecond =>
  (gpu.peak[format] ?? 0) * burstShare(gpu.architecture, format);

/**
 * Bytes from and to memory: operands once, result once, in 16 bits where operands are narrower. Reading operands again
 * for every wave never bounds: a wave covers a square of 1,100 (T4) to 2,200 (Blackwell) elements a side and shares its
 * operands through L2, which is 570 to 1,100 FLOP a byte in 16 bits, where these parts need 140 to 300.
 */
export const gemmBytes = (m: number, n: number, k: number, groups: number, elementBytes: Bytes): Bytes =>
  groups * ((m + n) * k * elementBytes + m * n * Math.max(2, elementBytes));

function seconds(
  m: number,
  n: number,
  k: number,
  groups: number,
  ragged: boolean,
  format: Format,
  gpu: Gpu,
  joules: number,
): Seconds {
  if (m * n * k * groups === 0) return 0;
  const { sms } = gpu;
  const elementBytes = FORMAT_BYTES[format];
  const fill = fillOf(elementBytes);
  const tiles = tilesOf(gpu.architecture);
  const useful = (2 * groups * m * n * k) / sms;
  let work = Infinity;
  for (let i = 0; i < tiles.length; i++) {
    const tile = tiles[i]!;
    // Tiles come by cost: even without a fraction of a wave lost, no later one is faster.
    if (tile.cost * useful >= work) break;
    const own = workPerSm(tile, tileCount(tile, m, n, groups, ragged), k, fill, sms);
    if (own < work) work = own;
  }
  const compute = Math.max((work * sms) / gemmRate(format, gpu), (useful * sms * joules) / gpu.power);
  const memory = gemmBytes(m, n, k, groups, elementBytes) / (gpu.memoryBandwidth * GEMM_BANDWIDTH_SHARE);
  return Math.max(compute, memory) + GEMM_LAUNCH;
}

/**
 * Time of C[m,n] = A[m,k] B[k,n], `batch` of them in one kernel: the greater of computing and moving bytes, with the
 * fastest tile, as cuBLAS's heuristic would choose. Allocates nothing; see `gemmTime` for the parts and for checks.
 * @param joules energy of a FLOP: 0 for a kernel alone, {@link joulesPerFlop} in a training step, at the power limit
 * @returns seconds; 0 for no work, Infinity when the GPU lacks the format
 * @source roofline: Williams 2009; tiles and waves: NVIDIA, Matrix multiplication background user's guide
 */
export const gemmSeconds = (
  m: number,
  n: number,
  k: number,
  format: Format,
  gpu: Gpu,
  batch = 1,
  joules = 0,
): Seconds => seconds(m, n, k, batch, false, format, gpu, joules);

/**
 * Time of a grouped GEMM (experts of one layer): groups differ in rows, share the waves, and each loses half a tile on
 * average. Groups of equal size that are padded to it are a batch: use `gemmSeconds`.
 * @param groups those that have rows
 * @param mPerGroup mean rows of a group, 1 or more, a fraction if need be
 * @returns seconds, as `gemmSeconds`
 */
export const groupedGemmSeconds = (
  groups: number,
  mPerGroup: number,
  n: number,
  k: number,
  format: Format,
  gpu: Gpu,
  joules = 0,
): Seconds => seconds(mPerGroup, n, k, groups, true, format, gpu, joules);
