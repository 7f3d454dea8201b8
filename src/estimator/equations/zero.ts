import { constant, product, quotient, sum, type Equation, type Expr } from '../expr/expr.ts';
import { symbols } from './symbols.ts';

type TrafficName = 'crossings' | 'bytesOnWire' | 'storedParameters' | 'ranks';

const share: Expr<TrafficName> = quotient(sum<TrafficName>('ranks', constant(-1, '1')), 'ranks');

/** What one rank sends in a step of data parallelism, sharded or not; equals `zeroSchedule(...).sent`. */
export const zeroTrafficEquation: Equation<TrafficName> = {
  id: 'zero-traffic',
  result: 'sentBytes',
  symbol: 'Q',
  unit: 'B',
  meaning: 'what each GPU sends in a step',
  expr: product<TrafficName>('crossings', 'bytesOnWire', 'storedParameters', share),
  symbols: symbols('crossings', 'bytesOnWire', 'storedParameters', 'ranks'),
  source: { key: 'rajbhandari2020', where: 'section 7' },
};

type PeakName = 'stayingBytes' | 'fragmentation' | 'inFlight' | 'keptBytes' | 'momentaryBytes';

/** The most that one stage holds; equals `memoryPerGpu(...).total`. */
export const memoryPeakEquation: Equation<PeakName> = {
  id: 'memory-peak',
  result: 'peakMemory',
  symbol: 'M',
  unit: 'B',
  meaning: 'the most that one GPU holds in a step',
  expr: sum<PeakName>(
    'stayingBytes',
    product<PeakName>(
      sum<PeakName>(constant(1, '1'), 'fragmentation'),
      sum<PeakName>(product<PeakName>('inFlight', 'keptBytes'), 'momentaryBytes'),
    ),
  ),
  symbols: symbols('stayingBytes', 'fragmentation', 'inFlight', 'keptBytes', 'momentaryBytes'),
  source: {
    key: 'korthikanti2022',
    where: 'section 4, with the micro-batches of Narayanan 2021, section 2.2',
  },
};
