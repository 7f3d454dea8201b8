import { constant, power, product, quotient, sum, type Equation } from '../expr/expr.ts';
import { SCALING_LAWS } from '../scaling-laws/laws.ts';
import { BESIROGLU, HOFFMANN_3 } from '../scaling-laws/published.ts';
import type { ParametricLoss, ScalingLaw } from '../scaling-laws/types.ts';
import type { SourceRef } from '../types.ts';
import { symbols } from './symbols.ts';

type Size = 'sizeAt' | 'budget' | 'budgetAt';

/** The size that a law would choose for a budget; equals `computeOptimal`. */
const optimalSize = ({ id, name, optimum, source }: ScalingLaw): Equation<Size> => ({
  id: `optimal-size-${id}`,
  result: 'parameters',
  symbol: 'N^{*}',
  unit: 'parameter',
  meaning: `compute-optimal size by ${name}`,
  expr: product<Size>('sizeAt', power<Size>(quotient<Size>('budget', 'budgetAt'), optimum.exponent)),
  symbols: symbols('sizeAt', 'budget', 'budgetAt'),
  source,
});

/** One for each law, in their order. */
export const optimalSizes: readonly Equation<Size>[] = SCALING_LAWS.map(optimalSize);

/** The tokens that the rest of a budget pays for; equals `computeOptimal`. */
export const tokensInBudget: Equation<'budget' | 'parameters'> = {
  id: 'tokens-in-budget',
  result: 'tokens',
  symbol: 'D^{*}',
  unit: 'token',
  meaning: 'tokens that the budget pays for, by 6ND',
  expr: quotient<'budget' | 'parameters'>(
    'budget',
    product<'parameters'>(constant(6, 'FLOP/parameter/token'), 'parameters'),
  ),
  symbols: symbols('budget', 'parameters'),
  source: { key: 'hoffmann2022', where: 'section 3.3' },
};

type Loss = 'lawParameters' | 'lawTokens';

const lossEquation = (id: string, name: string, law: ParametricLoss, source: SourceRef): Equation<Loss> => ({
  id,
  result: 'loss',
  symbol: 'L',
  unit: '1',
  meaning: `loss by ${name}, nats a token`,
  expr: sum<Loss>(
    law.irreducible,
    quotient<Loss>(law.parameterScale, power<Loss>('lawParameters', law.parameterExponent)),
    quotient<Loss>(law.dataScale, power<Loss>('lawTokens', law.dataExponent)),
  ),
  symbols: symbols('lawParameters', 'lawTokens'),
  source,
});

/** The loss by approach 3, with the digits of the paper's TeX source; equals `expectedLoss`. */
export const hoffmannLoss = lossEquation('hoffmann-loss', 'Hoffmann 2022', HOFFMANN_3, {
  key: 'hoffmann2022',
  where: 'equation 10; unrounded exponents as in Besiroglu 2024',
});

/** The loss by the refit; equals `expectedLoss`. */
export const besirogluLoss = lossEquation('besiroglu-loss', 'Besiroglu 2024', BESIROGLU, {
  key: 'besiroglu2024',
  where: 'refit of approach 3',
});
