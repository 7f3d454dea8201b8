import { product, quotient, type Equation } from '../expr/expr.ts';
import { symbols } from './symbols.ts';

/** Model FLOPs utilisation from a throughput; equals `mfu`. */
export const mfuEquation: Equation<'flopsPerToken' | 'tokensPerSecond' | 'gpus' | 'peak'> = {
  id: 'mfu',
  result: 'mfu',
  symbol: '\\text{MFU}',
  unit: '1',
  meaning: 'model FLOP utilisation',
  expr: quotient(product('flopsPerToken', 'tokensPerSecond'), product('gpus', 'peak')),
  symbols: symbols('flopsPerToken', 'tokensPerSecond', 'gpus', 'peak'),
  source: { key: 'chowdhery2022', where: 'section 4.1' },
};

/** Hardware FLOPs utilisation from a throughput; equals `hfu`. */
export const hfuEquation: Equation<'hardwareFlopsPerToken' | 'tokensPerSecond' | 'gpus' | 'peak'> = {
  id: 'hfu',
  result: 'hfu',
  symbol: '\\text{HFU}',
  unit: '1',
  meaning: 'hardware FLOP utilisation, recomputation included',
  expr: quotient(product('hardwareFlopsPerToken', 'tokensPerSecond'), product('gpus', 'peak')),
  symbols: symbols('hardwareFlopsPerToken', 'tokensPerSecond', 'gpus', 'peak'),
  source: { key: 'chowdhery2022', where: 'section 4.1' },
};
