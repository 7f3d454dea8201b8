import type { Format } from '../types.ts';

/** Shares of the dense peak by width of an element: two bytes and more, one byte (FP6 too), FP4. */
interface ByWidth {
  readonly wide?: number;
  readonly byte?: number;
  readonly fp4?: number;
}

function widthOf(format: Format): keyof ByWidth {
  if (format === 'fp4') return 'fp4';
  return format === 'fp8' || format === 'fp6' || format === 'int8' ? 'byte' : 'wide';
}

/**
 * Share of the dense peak that the largest tile reaches in a long loop over k, in a burst of a few
 * kernels. Fitted on every second row of the measured tables (content/data/measured/gemm.json); FP4 and Blackwell Ultra
 * have no table and stand on the best shapes measured there, with the margin by which the best shape of B200 exceeds
 * its table.
 * @source NVIDIA AIConfigurator, measured GEMM tables
 */
const BURST: Readonly<Record<string, ByWidth>> = {
  Ampere: { wide: 0.82 },
  Hopper: { wide: 0.83, byte: 0.77 },
  Blackwell: { wide: 0.74, byte: 0.71, fp4: 0.52 },
  'Blackwell Ultra': { wide: 0.78, byte: 0.76, fp4: 0.43 },
};

/**
 * The rule where nothing was measured (Pascal, Volta, Turing, Ada, Rubin, INT8 on Ampere): the mean of what was
 * measured at that width, to two digits. A test holds it to the table above.
 */
const UNMEASURED: Required<ByWidth> = { wide: 0.79, byte: 0.75, fp4: 0.48 };

/** Share of the dense peak that a long GEMM of large tiles reaches in a burst, 0 to 1. */
export function burstShare(architecture: string, format: Format): number {
  const width = widthOf(format);
  return BURST[architecture]?.[width] ?? UNMEASURED[width];
}
