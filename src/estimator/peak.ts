import { failed, ok, type Outcome } from './issues.ts';
import type { Format, Gpu } from './types.ts';
import type { FlopPerSecond } from './units.ts';

/** The formats a GPU has a peak for, in the order of its record. */
export const formatsOf = (gpu: Gpu): Format[] => Object.keys(gpu.peak) as Format[];

/** The format with the highest dense rate, of two with the same the wider one. INT8 is no format of training. */
export function fastestFormat(gpu: Gpu): Format {
  const has = formatsOf(gpu).filter((format) => format !== 'int8');
  return has.reduce((best, next) => ((gpu.peak[next] ?? 0) > (gpu.peak[best] ?? 0) ? next : best));
}

/**
 * Peak of one GPU in a number format.
 * @param sparse the marketing figure with 2:4 sparsity; no training run reaches it, since its weights are dense
 * @returns FLOP/s, or an Issue at `precision` when the GPU lacks the format
 */
export function peakRate(gpu: Gpu, format: Format, sparse = false): Outcome<FlopPerSecond> {
  const dense = Object.hasOwn(gpu.peak, format) ? gpu.peak[format] : undefined;
  if (dense === undefined) {
    const offered = formatsOf(gpu).join(', ');
    return failed({
      code: 'format-lacking',
      path: 'precision',
      message: `${gpu.name} has no ${format} peak; it has ${offered}.`,
    });
  }
  return ok(sparse ? dense * gpu.sparsity : dense);
}
