import { sourcedGpus } from '#catalog/sources.ts';
import { published } from '../published.ts';
import {
  a100, gb300, h100, h20, k20x, p100, t4,
  growth, number, peak, plain, ratio, times, type Fact,
} from './shared.ts'; // prettier-ignore

function factOf(id: string, fact: 'transistors' | 'memorySold'): number {
  const found = sourcedGpus.find((gpu) => gpu.id === id)?.[fact];
  if (!found) throw new Error(`The catalogue has no ${fact} of ${id}.`);
  return found.value;
}
const factGrowth = (fact: 'transistors' | 'memorySold'): number =>
  factOf(h100.id, fact) / factOf(k20x.id, fact);

const decade = growth(k20x, 'fp32', h100, 'fp8', true);
const dense = growth(k20x, 'fp32', h100, 'fp8');
const talk = growth(p100, 'fp16', h100, 'fp8');
const sameFormat = growth(p100, 'fp16', h100, 'fp16');
const after = growth(h100, 'fp8', gb300, 'fp4');
const afterSame = growth(h100, 'fp8', gb300, 'fp8');
const bandwidth = h100.memoryBandwidth / k20x.memoryBandwidth;
const bandwidthYear = bandwidth ** (1 / decade.years);
/** What 78 SMs of Hopper would do at the H100's clock for Tensor Cores. */
const h20Full = published.hopperFlopPerSm.value * h20.sms * (h100.tensorClock ?? h100.clock);

export const thousandFacts = {
  k20xFp32: () => plain(peak(k20x, 'fp32'), 'FLOP/s'),
  k20xYear: () => plain(k20x.year, 'year'),
  h100Sparse: () => plain(peak(h100, 'fp8') * h100.sparsity, 'FLOP/s', 4),
  publishedProduct: () =>
    plain(
      published.format.value *
        published.instructions.value *
        published.process.value *
        published.sparsity.value,
      'count',
    ),
  doubledTen: () => plain(2 ** 10, 'count'),
  total: () => times(decade.total, 4),
  totalDense: () => times(dense.total),
  totalDenseYear: () => times(dense.perYear),
  totalWatt: () => times(decade.total / (h100.power / k20x.power)),
  totalWattDense: () => times(dense.total / (h100.power / k20x.power)),
  powerTotal: () => times(h100.power / k20x.power, 2),
  partFormat: () => times(decade.format),
  partInstructions: () => times(decade.instructions),
  partSms: () => times(decade.sms),
  partClock: () => times(decade.clock),
  transistors: () => times(factGrowth('transistors')),
  withoutFormat: () => times(peak(h100, 'fp32') / peak(k20x, 'fp32'), 2),
  fp64: () => times(peak(h100, 'fp64') / peak(k20x, 'fp64'), 2),
  bandwidthTotal: () => times(bandwidth),
  bandwidthYear: () => times(bandwidthYear),
  bandwidthDoubling: () => number(Math.log(2) / Math.log(bandwidthYear), 2),
  /** As sold on both sides: what the driver of a K20X reports was not read. */
  memoryTotal: () => times(factGrowth('memorySold')),
  talkTotal: () => times(talk.total),
  talkYear: () => times(talk.perYear, 2),
  sameFormatTotal: () => times(sameFormat.total),
  sameFormatYear: () => times(sameFormat.perYear, 2),
  p100Instructions: () => times(growth(p100, 'fp32', h100, 'fp8').instructions, 2),
  afterTotal: () => times(after.total),
  afterYear: () => times(after.perYear, 2),
  afterSame: () => times(afterSame.total),
  afterWatt: () => times(afterSame.total / (gb300.power / h100.power)),
  fp8OverFp16: () => times(peak(h100, 'fp8') / peak(h100, 'fp16'), 2),
  hopperOverAmpere: () => times(peak(h100, 'fp8') / peak(a100, 'fp16'), 2),
  t4FromParts: () => plain(t4.sms * 1024 * t4.clock, 'FLOP/s'),
  t4Sms: () => plain(t4.sms, 'count'),
  t4Clock: () => plain(t4.clock, 'Hz'),
  h20Sms: () => plain(h20.sms, 'count'),
  h20FromParts: () => plain(h20Full, 'FLOP/s'),
  h20Held: () => ratio(peak(h20, 'fp16') / h20Full, 2),
} satisfies Record<string, Fact>;
