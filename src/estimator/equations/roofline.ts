import { product, quotient, type Equation } from '../expr/expr.ts';
import { symbols } from './symbols.ts';

const WILLIAMS = { key: 'williams2009', where: 'section “The Roofline Model”' };

/** The ridge point; equals `ridgePoint`. */
export const ridgeEquation: Equation<'cardPeak' | 'bandwidth'> = {
  id: 'ridge',
  result: 'ridge',
  symbol: 'I^{*}',
  unit: 'FLOP/B',
  meaning: 'arithmetic intensity at which the memory keeps the peak busy',
  expr: quotient('cardPeak', 'bandwidth'),
  symbols: symbols('cardPeak', 'bandwidth'),
  source: WILLIAMS,
};

/** Arithmetic intensity of a kernel; equals that of `roofline`. */
export const intensityEquation: Equation<'work' | 'traffic'> = {
  id: 'intensity',
  result: 'intensity',
  symbol: 'I',
  unit: 'FLOP/B',
  meaning: 'arithmetic intensity',
  expr: quotient('work', 'traffic'),
  symbols: symbols('work', 'traffic'),
  source: WILLIAMS,
};

/** The rate that the memory feeds; left of the ridge it equals `attainableRate`. */
export const memoryRoofEquation: Equation<'intensity' | 'bandwidth'> = {
  id: 'memory-roof',
  result: 'attainable',
  symbol: 'R',
  unit: 'FLOP/s',
  meaning: 'rate that the memory can feed',
  expr: product('intensity', 'bandwidth'),
  symbols: symbols('intensity', 'bandwidth'),
  source: WILLIAMS,
};

/** The factors of two peaks' ratio; equals `rateGrowth`. */
export const rateGrowthEquation: Equation<
  'smGrowth' | 'clockGrowth' | 'instructionGrowth' | 'formatGrowth' | 'sparsityGrowth'
> = {
  id: 'rate-growth',
  result: 'rateGrowth',
  symbol: 'X',
  unit: '1',
  meaning: 'ratio of two peaks',
  expr: product('smGrowth', 'clockGrowth', 'instructionGrowth', 'formatGrowth', 'sparsityGrowth'),
  symbols: symbols('smGrowth', 'clockGrowth', 'instructionGrowth', 'formatGrowth', 'sparsityGrowth'),
  source: { key: 'dally2023', where: 'the idea of factors; where they are cut is ours' },
};
