import {
  binades,
  countUpTo,
  epsilon,
  FLOAT_FORMATS,
  maxFinite,
  minNormal,
  minSubnormal,
  quantizeBlock,
  BLOCK_FORMATS,
  roundTo,
  spacing,
} from '#estimator';
import { blockOf } from '../../../../src/widgets/number-lab/stored.ts';
import { added, plain, ratio, real, stored, type Fact } from './shared.ts';
import type { Scenario } from '#scenario';

const f = FLOAT_FORMATS;
const UPDATE = 0.001;
const TIMES = 1000;

const off = (id: keyof typeof f, value: number): number => stored(id, value) / value - 1;
const mxfp8 = ({ values }: Scenario): number =>
  quantizeBlock(BLOCK_FORMATS.mxfp8, blockOf(values.labValue, values.labPeak, 32)).values[0] ?? 0;

export const formatFacts = {
  bf16Next: () => real(1 + spacing(f.bf16, 1), 8),
  bf16Thousand: () => real(added('bf16', 1, UPDATE, TIMES), 6),
  fp16Thousand: () => real(added('fp16', 1, UPDATE, TIMES), 4),
  fp32Thousand: () => real(added('fp32', 1, UPDATE, TIMES), 5),

  fp16Between: () => plain(countUpTo(f.fp16, 2) - countUpTo(f.fp16, 1), 'count'),
  bf16Between: () => plain(countUpTo(f.bf16, 2) - countUpTo(f.bf16, 1), 'count'),
  fp16BelowOne: () => plain(countUpTo(f.fp16, 1), 'count'),
  fp16All: () => plain(countUpTo(f.fp16, 1e9), 'count'),
  fp16Max: () => real(maxFinite(f.fp16), 5),
  fp16Normal: () => real(minNormal(f.fp16)),
  fp16Smallest: () => real(minSubnormal(f.fp16)),
  fp16Half: () => ratio(epsilon(f.fp16) / 2),
  bf16Half: () => ratio(epsilon(f.bf16) / 2),
  e4m3Half: () => ratio(epsilon(f['fp8-e4m3']) / 2),
  e5m2Half: () => ratio(epsilon(f['fp8-e5m2']) / 2),
  fp4Half: () => ratio(epsilon(f['fp4-e2m1']) / 2),
  fp16Binades: () => plain(binades(f.fp16), 'count'),
  bf16Binades: () => plain(binades(f.bf16), 'count'),
  e4m3Binades: () => plain(binades(f['fp8-e4m3']), 'count'),

  labValue: (s) => real(s.values.labValue),
  labFp16Off: (s) => ratio(off('fp16', s.values.labValue)),
  labE4m3Smallest: () => real(minSubnormal(f['fp8-e4m3'])),
  labE5m2: (s) => real(stored('fp8-e5m2', s.values.labValue)),
  labE5m2Off: (s) => ratio(off('fp8-e5m2', s.values.labValue)),
  labMxfp8: (s) => real(mxfp8(s)),
  labMxfp8Off: (s) => ratio(1 - mxfp8(s) / s.values.labValue),
  labPeakOver: (s) => plain(s.values.labPeak / s.values.labValue, 'factor'),

  e4m3Max: () => real(maxFinite(f['fp8-e4m3'])),
  e4m3Ieee: () => real(maxFinite({ ...f['fp8-e4m3'], specials: 'ieee' })),
  e5m2Max: () => real(maxFinite(f['fp8-e5m2']), 5),

  fp16Stops: () => real(stops('fp16'), 4),
  bf16Stops: () => real(stops('bf16'), 4),
  e4m3Stops: () => real(stops('fp8-e4m3'), 4),
} satisfies Record<string, Fact>;

/** Where a sum of ones stands still. */
function stops(id: 'fp16' | 'bf16' | 'fp8-e4m3'): number {
  let sum = 1;
  while (roundTo(f[id], sum + 1) > sum) sum = roundTo(f[id], sum + 1);
  return sum;
}
