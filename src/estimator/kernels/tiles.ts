/**
 * How a GEMM is cut: each tile of the result is one thread block's work, each SM works on one large tile at a time, and
 * a wave is what all SMs do at once.
 */
export interface Tile {
  readonly m: number;
  readonly n: number;
  /** Time for each FLOP over that of the largest tile, 1 or more; see OPERAND_COST. */
  readonly cost: number;
}

/**
 * A tile of m x n needs m + n elements from shared memory for m·n multiply-adds, so small tiles run below the rate of
 * large ones: by 1 + 16 (1/m + 1/n), which makes 64 x 64 a quarter slower than 128 x 256. One number for all parts;
 * from 8 to 24 the fit is as good.
 */
export const OPERAND_COST = 16;

const costOf = (m: number, n: number): number => 1 + OPERAND_COST * (1 / m + 1 / n);

const tile = (m: number, n: number): Tile => ({ m, n, cost: costOf(m, n) / costOf(128, 256) });

/** Some of the tiles that cuBLAS has, of one SM each, cheapest first. */
const ALL: readonly Tile[] = [
  tile(128, 256),
  tile(256, 128),
  tile(128, 192),
  tile(192, 128),
  tile(128, 128),
  tile(64, 256),
  tile(256, 64),
  tile(64, 128),
  tile(128, 64),
  tile(64, 64),
];
const POWERS_OF_TWO = ALL.filter(({ m, n }) => m !== 192 && n !== 192);

/** A100's rows fit a little better without tiles of 192; older parts have no rows and follow it. */
const BEFORE_HOPPER = ['Kepler', 'Pascal', 'Volta', 'Turing', 'Ampere', 'Ada'];

/**
 * The tiles to choose from, cheapest first. Formats share them (narrower ones take longer steps along k), and so do
 * Hopper and later: 256 x 256 for the paired SMs of Blackwell fits no better.
 * @source NVIDIA cuBLAS, cublasLtMatmulTile_t; which parts use them: the fit
 */
export const tilesOf = (architecture: string): readonly Tile[] =>
  BEFORE_HOPPER.includes(architecture) ? POWERS_OF_TWO : ALL;

/**
 * Share of the SMs' time that is work when whole tiles run in whole waves: W / ceil(W) with W = tiles / SMs.
 * @source NVIDIA, Matrix multiplication background user's guide, "Wave quantization"
 */
export function waveEfficiency(tileCount: number, sms: number): number {
  const waves = tileCount / sms;
  return waves > 0 ? waves / Math.ceil(waves) : 1;
}

/**
 * Share of the last wave's idle time that is lost. Splitting along k and persistent kernels (stream-K) win the rest
 * back. 0.3 to 0.5 fit the measured tables alike (weighted mean error 5.4%), all and nothing do worse (5.9%, 5.8%).
 * @source Osama 2023 (arXiv 2301.03598) for the method; the share is fitted
 */
export const IDLE_LOST = 0.5;

/** Waves as they are paid for: between W and ceil(W), in units of one tile's time on one SM. */
export function paidWaves(tileCount: number, sms: number): number {
  const waves = tileCount / sms;
  return IDLE_LOST * Math.ceil(waves) + (1 - IDLE_LOST) * waves;
}
