import type { Model } from '../types.ts';
import type { Bytes } from '../units.ts';
import { tensor } from './cost.ts';
import type { Tensor } from './types.ts';

/** Bytes of a number in a cache of 16 bits. */
const SIXTEEN_BITS: Bytes = 2;

/**
 * What one layer writes for one token so that later tokens can attend to it: a key and a value for each key head, or,
 * with latent attention, one compressed vector and the part of the key that carries the position.
 * @param element bytes of a stored number: 2 for FP16 and BF16
 * @source Pope 2022, section 3.3; DeepSeek-V2 2024, section 2.1.3
 */
export function cacheTensors({ kvHeads, headDim, mla }: Model, element: Bytes = SIXTEEN_BITS): Tensor[] {
  if (mla)
    return [
      tensor('cache-latent', 'compressed', { cache: mla.kvRank * element }),
      tensor('cache-rope', 'positional key', { cache: mla.ropeDim * element }),
    ];
  const pairs = kvHeads * headDim * element;
  return [
    tensor('cache-k', 'cached keys', { cache: pairs }),
    tensor('cache-v', 'cached values', { cache: pairs }),
  ];
}

/**
 * Bytes of the KV cache for one token, all layers. A window does not shrink it: while a token is inside the window, it
 * is stored like any other.
 * @param model a shape that `checkModel` accepts
 * @param element bytes of a stored number; 2 unless said
 * @returns bytes a token; times batch and context it is the whole cache
 * @source Pope 2022, section 3.3; DeepSeek-V2 2024, section 2.1.3
 */
export const cacheBytesPerToken = (model: Model, element: Bytes = SIXTEEN_BITS): Bytes =>
  model.layers * cacheTensors(model, element).reduce((sum, { cache }) => sum + cache, 0);
