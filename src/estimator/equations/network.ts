import { product, quotient, type Equation } from '../expr/expr.ts';
import { symbols } from './symbols.ts';

/** MFU on a network, from what the same step reaches where nobody waits for bandwidth. */
export const networkMfuEquation: Equation<'idealEfficiency' | 'idealStepSeconds' | 'stepSeconds'> = {
  id: 'network-mfu',
  result: 'efficiency',
  symbol: 'e',
  unit: '1',
  meaning: 'MFU on this network',
  expr: quotient(product('idealEfficiency', 'idealStepSeconds'), 'stepSeconds'),
  symbols: symbols('idealEfficiency', 'idealStepSeconds', 'stepSeconds'),
  source: { key: 'chowdhery2022', where: 'section 4.1, at two bandwidths' },
};

/** Bytes/s between two halves of the nodes; equals `fabric(...).bisection`. */
export const bisectionEquation: Equation<'fabricPorts' | 'portBandwidth' | 'bisectionShare'> = {
  id: 'fabric-bisection',
  result: 'bisection',
  symbol: 'B',
  unit: 'B/s',
  meaning: 'what crosses from one half of the nodes to the other, one direction',
  expr: quotient(product('fabricPorts', 'portBandwidth', 'bisectionShare'), 2),
  symbols: symbols('fabricPorts', 'portBandwidth', 'bisectionShare'),
  source: { key: 'al-fares2008', where: 'section 2.2.1, oversubscription' },
};
