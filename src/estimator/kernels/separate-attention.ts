import type { Gpu } from '../types.ts';
import type { Seconds } from '../units.ts';
import { STEP } from '../step/constants.ts';

/** Bytes of a score in memory. */
const SCORE_BYTES = 2;

/** Share of the 16-bit peak of batched products whose inner or outer dimension is one head's width. */
export const PRODUCT_SHARE = 0.7;

/** Reads and writes of the scores besides those of the two products: scale, mask, softmax in FP32, dropout. */
const UNFUSED = { forward: 14, backward: 12 };
/** Megatron's fused scale-mask-softmax leaves softmax and dropout. */
const FUSED_SOFTMAX = { forward: 4.5, backward: 5.5 };

/**
 * Attention in separate kernels: two batched products and a softmax, with all scores, masked ones too, in memory.
 * @param rows queries of all heads and sequences; each meets `keys` keys
 * @returns seconds of one pass; the backward pass has twice the products
 * @source Korthikanti 2022, section 4.1; Dao 2022, section 2.2
 */
export function separateAttentionSeconds(
  gpu: Gpu,
  kernel: 'unfused' | 'fused-softmax',
  pass: 'forward' | 'backward',
  rows: number,
  keys: number,
  queryWidth: number,
  valueWidth: number,
): Seconds {
  const peak = (gpu.peak.bf16 ?? gpu.peak.fp16 ?? gpu.peak.fp32 ?? Infinity) * PRODUCT_SHARE;
  const bandwidth = gpu.memoryBandwidth * STEP.streamingShare;
  const scores = rows * keys;
  const product = (width: number): Seconds =>
    Math.max((2 * scores * width) / peak, (SCORE_BYTES * (scores + 2 * rows * width)) / bandwidth);
  const passes = (kernel === 'unfused' ? UNFUSED : FUSED_SOFTMAX)[pass];
  const products = (pass === 'forward' ? 1 : 2) * (product(queryWidth) + product(valueWidth));
  return products + (scores * SCORE_BYTES * passes) / bandwidth;
}
