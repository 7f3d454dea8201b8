import type { AttentionKernel } from '../training/types.ts';
import type { Gpu } from '../types.ts';
import type { Seconds } from '../units.ts';

/** How fast a fused attention kernel turns its matrix products over, as a share of the dense 16-bit peak. */
export interface FusedAttentionRate {
  /** Share of the peak that its tensor-core instructions reach when nothing else is in the way. */
  readonly forward: number;
  readonly backward: number;
}

/** Special-function results (exponentials) that one SM makes in a clock. */
export const EXPONENTIALS_PER_CLOCK = 16;

/** Queries in a tile: on the causal diagonal whole tiles are computed. */
const TILE = 128;

/** Matrix products of the width of a head, forward (scores, output) and backward (recomputed scores, and four gradients). */
export const PRODUCTS_FORWARD = 2;
export const PRODUCTS_BACKWARD = 5;

export const ATTENTION_RATES: Record<'ampere' | 'hopper' | 'blackwell', Record<'flash-1' | 'flash-2' | 'flash-3', FusedAttentionRate>> = {
  ampere: {
    'flash-1': { forward: 0.353, backward: 0.256 },
    'flash-2': { forward: 0.441, backward: 0.357 },
    'flash-3': { forward: 0.68, backward: 0.55 },
  },
  hopper: {
    'flash-1': { forward: 0.236, backward: 0.150 },
    'flash-2': { forward: 0.235, backward: 0.250 },
    'flash-3': { forward: 0.868, backward: 0.868 },
  },
  blackwell: {
    'flash-1': { forward: 0.3, backward: 0.25 },
    'flash-2': { forward: 0.45, backward: 0.38 },
    'flash-3': { forward: 0.758, backward: 0.524 },
  },
};

const generation = (gpu: Gpu): 'ampere' | 'hopper' | 'blackwell' =>
  gpu.architecture.startsWith('Blackwell') || gpu.architecture.startsWith('Rubin')
    ? 'blackwell'
    : gpu.architecture.startsWith('Hopper')
      ? 'hopper'
      : 'ampere';

/**
 * Time of fused attention: matrix products on the tensor cores and exponentials on the special-function units.
 * @param scores pairs of query and key that are computed, all heads, all sequences
 * @param queryWidth width per head of queries and keys; `valueWidth` of values
 * @param keys keys that a query meets on average: short rows waste a larger part of their last tile
 * @returns seconds of the forward or backward pass
 * @source Dao 2022; Dao 2023; Shah 2024, section 2.2 (exponential throughput)
 */
export function fusedAttentionSeconds(
  gpu: Gpu,
  kernel: Exclude<AttentionKernel, 'unfused' | 'fused-softmax'>,
  pass: 'forward' | 'backward',
  scores: number,
  queryWidth: number,
  valueWidth: number,
  keys: number,
): Seconds {
  const peak = gpu.peak.bf16 ?? gpu.peak.fp16 ?? 0;
  const rate = ATTENTION_RATES[generation(gpu)][kernel][pass];
  const computed = scores * (1 + TILE / 2 / keys);
  const width = pass === 'forward' ? queryWidth + valueWidth : 3 * queryWidth + 2 * valueWidth;
  return (2 * computed * width) / (peak * rate) + computed / (EXPONENTIALS_PER_CLOCK * gpu.sms * gpu.clock);
}
