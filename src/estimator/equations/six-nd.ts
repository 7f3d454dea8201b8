import { constant, product, type Equation } from '../expr/expr.ts';
import { symbols } from './symbols.ts';

/** Model FLOPs of a run by the rule of thumb; equals `sixNd`. */
export const sixNdEquation: Equation<'parameters' | 'tokens'> = {
  id: 'six-nd',
  result: 'flops',
  symbol: 'F',
  unit: 'FLOP',
  meaning: 'model FLOPs of the run, by 6ND',
  expr: product(constant(6, 'FLOP/parameter/token'), 'parameters', 'tokens'),
  symbols: symbols('parameters', 'tokens'),
  source: { key: 'kaplan2020', where: 'section 2.1' },
};

/** Hardware FLOPs of a run under full recomputation; equals `eightNd`. */
export const eightNdEquation: Equation<'parameters' | 'tokens'> = {
  ...sixNdEquation,
  id: 'eight-nd',
  result: 'hardwareFlops',
  symbol: 'H',
  meaning: 'hardware FLOPs of the run under full recomputation, by 8ND',
  expr: product(constant(8, 'FLOP/parameter/token'), 'parameters', 'tokens'),
  source: { key: 'narayanan2021', where: 'section 5.1' },
};
