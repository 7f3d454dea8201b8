import type { Format, Gpu } from '../types.ts';

/**
 * Energy of one FLOP of a long 16-bit GEMM, operands fetched, leakage and memory included, joules. A step runs for
 * hours at the power limit, so no GEMM is faster than power / energy: why a 700 W H100 stays below 65% of its peak and
 * a 1,400 W GB300 is that much faster than a 1,000 W B200. Fitted on half of the published runs.
 */
export const JOULES_PER_FLOP: Readonly<Record<string, number>> = {
  Ampere: 1.6e-12,
  Hopper: 1.08e-12,
  Blackwell: 8.9e-13,
};

/** Energy of a FLOP in narrower formats over one in 16 bits: fewer bits to move and to multiply. Fitted. */
export const ENERGY_BY_FORMAT: Readonly<Partial<Record<Format, number>>> = {
  fp8: 0.52,
  fp6: 0.52,
  fp4: 0.259,
  int8: 0.52,
};

/** TF32 and FP32 move twice the bits of BF16. */
const WIDE = 2;

/** Older parts, and those that are not listed, are limited as Ampere was; Blackwell Ultra as Blackwell. */
function sixteenBit(architecture: string): number {
  if (architecture.startsWith('Blackwell')) return JOULES_PER_FLOP.Blackwell!;
  return JOULES_PER_FLOP[architecture] ?? JOULES_PER_FLOP.Ampere!;
}

/**
 * Share of its dense 16-bit peak that a board of Blackwell holds at its power limit: the mean of the four in the
 * catalogue, to two digits. A test holds it to them.
 */
export const POWERED_SHARE = 0.55;

/** Architectures of which no run is published: what a FLOP costs there nobody outside has measured. */
const UNMEASURED: readonly string[] = ['Rubin'];

/**
 * Energy of a FLOP in a long GEMM on this GPU. Of an architecture without published runs it is what lets the board hold
 * the share of its peak that Blackwell's do: with Blackwell's joules a Rubin would do a quarter of its FP8 peak, on a
 * process two steps newer.
 * @returns joules; power / this is the rate that the power limit leaves
 */
export function joulesPerFlop({ architecture, power, peak }: Gpu, format: Format): number {
  const own = peak[format];
  if (own !== undefined && UNMEASURED.includes(architecture)) return power / (POWERED_SHARE * own);
  const narrow = ENERGY_BY_FORMAT[format];
  const factor = narrow ?? (format === 'tf32' || format === 'fp32' ? WIDE : 1);
  return sixteenBit(architecture) * factor;
}
