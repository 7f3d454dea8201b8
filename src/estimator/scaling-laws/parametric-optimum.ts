import { FLOP_PER_PARAMETER_TOKEN } from '../flops/six-nd.ts';
import type { Flop } from '../units.ts';
import type { ParametricLoss, SizePower } from './types.ts';

/**
 * The size with the least loss along 6ND = C: N = G (C/6)^a with a = beta/(alpha + beta) and
 * G = (alpha A / beta B)^(1/(alpha + beta)).
 * @returns parameters
 * @source Hoffmann 2022, equation 4
 */
export function parametricOptimum(law: ParametricLoss, flops: Flop): number {
  const { parameterScale, dataScale, parameterExponent: alpha, dataExponent: beta } = law;
  const g = ((alpha * parameterScale) / (beta * dataScale)) ** (1 / (alpha + beta));
  return g * (flops / FLOP_PER_PARAMETER_TOKEN) ** (beta / (alpha + beta));
}

/** The same as a power of the budget, through the optimum at `flops`, with the exponent a. */
export const parametricPower = (law: ParametricLoss, flops: Flop): SizePower => ({
  flops,
  parameters: parametricOptimum(law, flops),
  exponent: law.dataExponent / (law.parameterExponent + law.dataExponent),
});
