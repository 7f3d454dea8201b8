import { ok, type Outcome } from '../issues.ts';
import { peakRate } from '../peak.ts';
import type { Format, Gpu } from '../types.ts';
import type { FlopPerSecond } from '../units.ts';

/**
 * Arithmetic intensity at which the memory keeps the peak busy: the dense peak over the memory bandwidth.
 * @returns FLOP/byte, or an Issue at `precision` when the GPU lacks the format
 * @source Williams 2009, section "The Roofline Model"
 */
export function ridgePoint(gpu: Gpu, format: Format): Outcome<number> {
  const peak = peakRate(gpu, format);
  return peak.ok ? ok(peak.value / gpu.memoryBandwidth) : peak;
}

/**
 * The roof over one intensity: the lower of the dense peak and of what the memory feeds.
 * @param intensity FLOP for each byte from or to memory
 * @returns FLOP/s, or an Issue at `precision` when the GPU lacks the format
 * @source Williams 2009, section "The Roofline Model"
 */
export function attainableRate(gpu: Gpu, format: Format, intensity: number): Outcome<FlopPerSecond> {
  const peak = peakRate(gpu, format);
  return peak.ok ? ok(Math.min(peak.value, intensity * gpu.memoryBandwidth)) : peak;
}
