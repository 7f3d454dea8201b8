import { scalingLaw } from './laws.ts';
import type { CoupledLoss, ParametricLoss, ScalingLawId } from './types.ts';

/** @source Hoffmann 2022, equation 2 */
const parametricLoss = (
  { irreducible, parameterScale, dataScale, parameterExponent, dataExponent }: ParametricLoss,
  parameters: number,
  tokens: number,
): number =>
  irreducible + parameterScale / parameters ** parameterExponent + dataScale / tokens ** dataExponent;

/** @source Kaplan 2020, equation 1.5 */
const coupledLoss = (
  { parameterScale, dataScale, parameterExponent, dataExponent }: CoupledLoss,
  parameters: number,
  tokens: number,
): number =>
  ((parameterScale / parameters) ** (parameterExponent / dataExponent) + dataScale / tokens) ** dataExponent;

/**
 * The loss that a law expects of a model after its training.
 * @param parameters as the law counts them
 * @param tokens seen once each
 * @returns nats a token, on the law's own data; null where the law has no formula for it (approaches 1 and 2)
 * @source Kaplan 2020, equation 1.5; Hoffmann 2022, equation 2
 */
export function expectedLoss(id: ScalingLawId, parameters: number, tokens: number): number | null {
  const { loss } = scalingLaw(id);
  if (loss === null) return null;
  return loss.kind === 'parametric'
    ? parametricLoss(loss.of, parameters, tokens)
    : coupledLoss(loss.of, parameters, tokens);
}
