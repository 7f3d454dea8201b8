import { product, type Equation } from '../expr/expr.ts';
import { symbols } from './symbols.ts';

/** Bytes of weights, gradients and optimizer before sharding; equals `modelStateBytes(...).total`. */
export const modelStateEquation: Equation<'bytesPerParameter' | 'storedParameters'> = {
  id: 'model-state',
  result: 'modelState',
  symbol: 'M',
  unit: 'B',
  meaning: 'weights, gradients and optimizer of the whole model',
  expr: product('bytesPerParameter', 'storedParameters'),
  symbols: symbols('bytesPerParameter', 'storedParameters'),
  source: { key: 'rajbhandari2020', where: 'section 3.1' },
};
