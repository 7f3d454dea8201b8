/**
 * How a GEMM is cut: each tile of the result is one thread block's work, each SM works on one large tile at a time, and
 * a wave is what all SMs do at once.
 */
export interface Tile {
  readonly m: number;
  readonly n: number;
  /** Time for each FLOP over that of the architecture's largest tile, 1 or more; see OPERAND_COST. */
  readonly cost: number;
}

/**
 * A tile of m x n needs m + n elements from shared memory for m·n multiply-adds, so small tiles run below the rate of
 * large ones: by 1 + 16 (1/m + 1/n), which makes 64 x 64 a quarter slower than 128 x 256. One number for all parts;
 * from 10 to 24 the fit is as good.
 */
const OPERAND_COST = 16;

const costOf = (m: number, n: number): number => 1 + OPERAND_COST * (1 / m + 1 / n);

type Shape = readonly [m: number, n: number];

/** From the largest, of cost 1, to the costliest. */
const tiles = (...shapes: readonly [Shape, ...Shape[]]): readonly Tile[] =>
  shapes
    .map(([m, n]) => ({ m, n, cost: costOf(m, n) / costOf(...shapes[0]) }))
    .sort((a, b) => a.cost - b.cost);

const COMMON = [[256, 128], [128, 128], [64, 256], [256, 64], [64, 128], [128, 64], [64, 64]] as const; // prettier-ignore
const WITH_192 = [[192, 128], [128, 192], ...COMMON] as const;

/** What CUTLASS and cuBLAS offer up to Ampere; narrower formats use the same m and n and a longer step along k. */
const CLASSIC = tiles([128, 256], ...COMMON);
const HOPPER = tiles([128, 256], ...WITH_192);
/** Two SMs of Blackwell work on one tile of twice the size. */
const BLACKWELL = tiles([256, 256], [128, 256], ...WITH_192);

/** The tiles to choose from, cheapest first; architectures that are not named have Ampere's. */
export function tilesOf(architecture: string): readonly Tile[] {
  if (architecture === 'Hopper') return HOPPER;
  return architecture.startsWith('Blackwell') ? BLACKWELL : CLASSIC;
}

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
 * back; 0.4 and 0.5 fit the measured tables alike, 1 does not.
 * @source Osama 2023 (arXiv 2301.03598) for the method; the share is fitted
 */
const IDLE_LOST = 0.5;

/** Waves as they are paid for: between W and ceil(W), in units of one tile's time on one SM. */
export function paidWaves(tileCount: number, sms: number): number {
  const waves = tileCount / sms;
  return IDLE_LOST * Math.ceil(waves) + (1 - IDLE_LOST) * waves;
}
