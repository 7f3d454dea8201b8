import { PETA, SECONDS_PER_DAY } from '../units.ts';
import type { CoupledLoss, ParametricLoss, SizePower } from './types.ts';

/** One petaFLOP/s for a day, in FLOP: the unit that Kaplan 2020 writes budgets in. */
export const PETAFLOPS_DAY = PETA * SECONDS_PER_DAY;

/**
 * Kaplan's optimal size: 1.3e9 C_min^0.73, C_min in PF-days. C_min is what training at a tiny batch would cost; at the
 * critical batch size, where people train, it is half of the FLOP that are spent.
 * @source Kaplan 2020, table 6; section 6.3 for C = 2 C_min
 */
export const KAPLAN_SIZE: SizePower = { flops: 2 * PETAFLOPS_DAY, parameters: 1.3e9, exponent: 0.73 };

/** Kaplan's L(N, D). @source Kaplan 2020, equation 1.5 and table 2 */
export const KAPLAN_LOSS: CoupledLoss = {
  parameterScale: 6.4e13,
  dataScale: 1.8e13,
  parameterExponent: 0.076,
  dataExponent: 0.103,
};

/** The power law through two rows of a printed table. */
const through = (
  [flops, parameters]: readonly [number, number],
  [moreFlops, moreParameters]: readonly [number, number],
): SizePower => ({
  flops,
  parameters,
  exponent: Math.log(moreParameters / parameters) / Math.log(moreFlops / flops),
});

/** First and last row of the table of approach 1: 400 million and 10 trillion parameters. @source Hoffmann 2022, table 3 */
export const HOFFMANN_1: SizePower = through([1.92e19, 400e6], [1.3e28, 10e12]);

/** The same of approach 2. @source Hoffmann 2022, table A3 */
export const HOFFMANN_2: SizePower = through([1.84e19, 400e6], [1.75e28, 10e12]);

/** Approach 3 as the paper prints it, exponents rounded to two digits. @source Hoffmann 2022, equation 10 */
export const HOFFMANN_3_PRINTED: ParametricLoss = {
  irreducible: 1.69,
  parameterScale: 406.4,
  dataScale: 410.7,
  parameterExponent: 0.34,
  dataExponent: 0.28,
};

/**
 * Approach 3 with the digits that the paper's TeX source has. With them the closed form gives the paper's own table A3
 * to within its scatter; with the printed ones it is up to a third too small.
 * @source Besiroglu 2024, on the rounding of Hoffmann's estimates
 */
export const HOFFMANN_3: ParametricLoss = {
  irreducible: 1.6934,
  parameterScale: 406.4,
  dataScale: 410.7,
  parameterExponent: 0.3392,
  dataExponent: 0.2849,
};

/** The same form, fitted again to 240 of Hoffmann's runs read from figure 4. @source Besiroglu 2024, equation of the refit */
export const BESIROGLU: ParametricLoss = {
  irreducible: 1.8172,
  parameterScale: 482.01,
  dataScale: 2085.43,
  parameterExponent: 0.3478,
  dataExponent: 0.3658,
};
