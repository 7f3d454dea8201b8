import { checkNumbers } from '../check-number.ts';
import { FLOP_PER_PARAMETER_TOKEN } from '../flops/six-nd.ts';
import { failed, ok, type Outcome } from '../issues.ts';
import type { Flop } from '../units.ts';
import { scalingLaw } from './laws.ts';
import { expectedLoss } from './loss.ts';
import type { ScalingLaw, ScalingLawId, TestedRange } from './types.ts';

/** From one multiplication to far beyond any computer. */
const LIMITS = { flops: { min: 1, max: 1e40 }, parameters: { min: 1, max: 1e20 } } as const;

export interface ComputeOptimum {
  readonly law: ScalingLaw;
  /** As the law counts them. */
  readonly parameters: number;
  readonly tokens: number;
  /** Nats a token on the law's own data; null where the law has no formula. */
  readonly loss: number | null;
  /** Whether models of this size and with this much data were among those behind the law. */
  readonly tested: boolean;
}

const within = (value: number, [low, high]: readonly [number, number]): boolean =>
  value >= low && value <= high;

const isTested = ({ parameters, tokens }: TestedRange, n: number, d: number): boolean =>
  within(n, parameters) && within(d, tokens);

/**
 * The model and the data that a law would spend a budget on, with 6ND = C.
 * @param flops training FLOP, by 6ND
 * @returns parameters and tokens; or the issue that the budget is none
 * @source Kaplan 2020, table 6; Hoffmann 2022, tables 3 and A3, equation 4
 */
export function computeOptimal(id: ScalingLawId, flops: Flop): Outcome<ComputeOptimum> {
  const issues = checkNumbers({ flops: LIMITS.flops }, { flops });
  if (issues.length > 0) return failed(...issues);
  const law = scalingLaw(id);
  const power = law.optimum;
  const parameters = power.parameters * (flops / power.flops) ** power.exponent;
  const tokens = flops / (FLOP_PER_PARAMETER_TOKEN * parameters);
  return ok({
    law,
    parameters,
    tokens,
    loss: expectedLoss(id, parameters, tokens),
    tested: isTested(law.tested, parameters, tokens),
  });
}

/**
 * The budget for which a law would choose a model of this size: the inverse of {@link computeOptimal}.
 * @returns FLOP; or the issue that the size is none
 * @source the same
 */
export function budgetFor(id: ScalingLawId, parameters: number): Outcome<Flop> {
  const issues = checkNumbers({ parameters: LIMITS.parameters }, { parameters });
  if (issues.length > 0) return failed(...issues);
  const power = scalingLaw(id).optimum;
  return ok(power.flops * (parameters / power.parameters) ** (1 / power.exponent));
}

/**
 * The budgets between which the optimal size and its data both lie in what was tested.
 * @returns FLOP, least and most
 */
export function testedBudgets(id: ScalingLawId): readonly [Flop, Flop] {
  const { optimum: power, tested } = scalingLaw(id);
  const { parameters, tokens } = tested;
  const bySize = (n: number): Flop => power.flops * (n / power.parameters) ** (1 / power.exponent);
  // D = C/6N, with N a power of C: D is a power of C as well.
  const dataAt = power.flops / (FLOP_PER_PARAMETER_TOKEN * power.parameters);
  const byData = (d: number): Flop => power.flops * (d / dataAt) ** (1 / (1 - power.exponent));
  return [
    Math.max(bySize(parameters[0]), byData(tokens[0])),
    Math.min(bySize(parameters[1]), byData(tokens[1])),
  ];
}
