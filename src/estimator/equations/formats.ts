import { product, quotient, sum, type Equation } from '../expr/expr.ts';
import { symbols } from './symbols.ts';

/** The value of a stored number, its sign apart; equals `decode(...)` times the block's scale. */
export const storedValueEquation: Equation<
  'blockScale' | 'binade' | 'leadingBit' | 'fraction' | 'fractionSteps'
> = {
  id: 'stored-value',
  result: 'storedValue',
  symbol: '\\hat{x}',
  unit: '1',
  meaning: 'the number that the bits stand for',
  expr: product('blockScale', 'binade', sum('leadingBit', quotient('fraction', 'fractionSteps'))),
  symbols: symbols('blockScale', 'binade', 'leadingBit', 'fraction', 'fractionSteps'),
  source: { key: 'ieee754-2019', where: 'section 3.4' },
};

/** The same for the largest finite number of a format; equals `maxFinite`. */
export const largestValueEquation: typeof storedValueEquation = {
  ...storedValueEquation,
  id: 'largest-value',
  result: 'largestValue',
  symbol: 'x_{\\max}',
  meaning: 'the largest finite number of the format',
};

/** Bits a value with its share of the scale; equals `effectiveBits`. */
export const effectiveBitsEquation: Equation<'elementBits' | 'scaleBits' | 'blockSize'> = {
  id: 'effective-bits',
  result: 'effectiveBits',
  symbol: 'b',
  unit: 'bit/value',
  meaning: 'bits that one value takes with its share of the block’s scale',
  expr: sum('elementBits', quotient('scaleBits', 'blockSize')),
  symbols: symbols('elementBits', 'scaleBits', 'blockSize'),
  source: { key: 'rouhani2023', where: 'section 2' },
};

/** The smallest gradient that a scaled backward pass does not round to zero. */
export const smallestGradientEquation: Equation<'smallestNumber' | 'lossScale'> = {
  id: 'smallest-gradient',
  result: 'smallestGradient',
  symbol: 'g_{\\min}',
  unit: '1',
  meaning: 'size below which a gradient becomes zero',
  expr: quotient('smallestNumber', product(2, 'lossScale')),
  symbols: symbols('smallestNumber', 'lossScale'),
  source: { key: 'micikevicius2018', where: 'section 3.2' },
};
