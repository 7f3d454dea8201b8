import { constant, power, product, quotient, sum, type Equation, type Expr } from '../expr/expr.ts';
import { symbols } from './symbols.ts';

type RingName = 'messageBytes' | 'ranks' | 'wireBandwidth';

const share: Expr<RingName> = quotient(sum<RingName>('ranks', constant(-1, '1')), 'ranks');
const wire: Expr<RingName> = quotient<RingName>('messageBytes', 'wireBandwidth');

const ring = (id: string, meaning: string, expr: Expr<RingName>): Equation<RingName> => ({
  id,
  result: 'ringTime',
  symbol: 't_{\\text{ring}}',
  unit: 's',
  meaning,
  expr,
  symbols: symbols('messageBytes', 'ranks', 'wireBandwidth'),
  source: { key: 'nvidia-nccl-tests-performance', where: 'bus bandwidth' },
});

/** A ring all-reduce at line rate; equals `lineRateSeconds`. */
export const ringAllReduce = ring(
  'ring-all-reduce',
  'least time of a ring all-reduce',
  product<RingName>(constant(2, '1'), share, wire),
);

/** One lap of a ring at line rate (all-gather, reduce-scatter, all-to-all); equals `lineRateSeconds`. */
export const ringLap = ring('ring-lap', 'least time of one lap of a ring', product<RingName>(share, wire));

/** A message that crosses one wire whole (broadcast, point to point); equals `lineRateSeconds`. */
export const wireTime: Equation<'messageBytes' | 'wireBandwidth'> = {
  ...ringLap,
  id: 'wire-time',
  symbol: 't_{\\text{wire}}',
  meaning: 'least time of a message over one wire',
  expr: quotient('messageBytes', 'wireBandwidth'),
  symbols: symbols('messageBytes', 'wireBandwidth'),
};

/** Time of a collective from its latency and its transfer; equals `pipelined`. */
export const collectiveTimeEquation: Equation<'latency' | 'transfer' | 'segment'> = {
  id: 'collective-time',
  result: 'collectiveTime',
  symbol: 't',
  unit: 's',
  meaning: 'time of the collective',
  expr: sum(
    'latency',
    'transfer',
    product<'segment' | 'transfer'>(
      constant(2, '1'),
      power(product<'segment' | 'transfer'>('segment', 'transfer'), 0.5),
    ),
  ),
  symbols: symbols('latency', 'transfer', 'segment'),
  source: {
    key: 'thakur2005',
    where: 'section 4; cut into segments as estimator/network/pipelined.ts derives',
  },
};
