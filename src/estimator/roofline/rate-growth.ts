import { failed, ok, type Outcome } from '../issues.ts';
import { FORMAT_BYTES } from '../kernels/format-bytes.ts';
import { peakRate } from '../peak.ts';
import type { Format, Gpu } from '../types.ts';
import type { FlopPerSecond } from '../units.ts';

/** A card and the format whose rate counts. */
export interface RatedCard {
  readonly gpu: Gpu;
  readonly format: Format;
}

/** Five factors whose product is the ratio of two peaks. */
export interface RateGrowth {
  readonly from: FlopPerSecond;
  readonly to: FlopPerSecond;
  readonly total: number;
  /** More SMs, each at a higher clock: what the process and the area give. */
  readonly sms: number;
  readonly clock: number;
  /** FLOP of one SM in one clock, with the format's width taken out: wider SMs and matrix instructions. */
  readonly instructions: number;
  /** Width of an element then over its width now. */
  readonly format: number;
  /** 2:4 sparsity, where it is counted. */
  readonly sparsity: number;
  /** Years between the two, and the growth of each of them; 1 when both are of the same year. */
  readonly years: number;
  readonly perYear: number;
}

/** The clock behind a peak: Hopper's data sheet has a lower one for all that is Tensor Core only. */
const clockOf = ({ clock, tensorClock }: Gpu, format: Format): number =>
  format === 'fp32' || format === 'fp64' ? clock : (tensorClock ?? clock);

/**
 * What the ratio of two peaks is made of. Peak = SMs x clock x FLOP an SM does in a clock; the last splits into the
 * width of an element and the rest. The factors are ours: NVIDIA's own decomposition draws the line elsewhere.
 * @param sparse count the later card's 2:4 sparsity, as NVIDIA's figures do
 * @returns or an Issue at `from` or `to`, the side whose card lacks its format
 */
export function rateGrowth(from: RatedCard, to: RatedCard, sparse: boolean): Outcome<RateGrowth> {
  const low = peakRate(from.gpu, from.format);
  if (!low.ok) return failed(...low.issues.map((issue) => ({ ...issue, path: 'from' })));
  const dense = peakRate(to.gpu, to.format);
  if (!dense.ok) return failed(...dense.issues.map((issue) => ({ ...issue, path: 'to' })));
  const sparsity = sparse ? sparsityOf(to) : 1;
  const high = dense.value * sparsity;
  const sms = to.gpu.sms / from.gpu.sms;
  const clock = clockOf(to.gpu, to.format) / clockOf(from.gpu, from.format);
  const format = FORMAT_BYTES[from.format] / FORMAT_BYTES[to.format];
  const total = high / low.value;
  const years = to.gpu.year - from.gpu.year;
  return ok({
    from: low.value,
    to: high,
    total,
    sms,
    clock,
    format,
    sparsity,
    instructions: total / (sms * clock * format * sparsity),
    years,
    perYear: years === 0 ? 1 : total ** (1 / years),
  });
}

/** Ordinary arithmetic has no sparse form, and Blackwell Ultra's FP4 has one of its own. */
function sparsityOf({ gpu, format }: RatedCard): number {
  if (format === 'fp32' || format === 'fp64') return 1;
  return gpu.sparsityByFormat?.[format] ?? gpu.sparsity;
}
