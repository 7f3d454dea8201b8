import type { Model } from '../types.ts';
import { BACKWARD_PER_FORWARD } from '../tensors/cost.ts';
import type { Flop } from '../units.ts';
import { forwardFlopsPerToken } from './forward.ts';
import { scaleParts, sumParts, type FlopParts } from './parts.ts';

export interface FlopOptions {
  /** Tokens counted; 1 (per token) unless said. */
  readonly tokens?: number;
  /** Tokens that attend to each other; the model's own context unless said. */
  readonly sequence?: number;
  /** Leave out the half of the scores that a causal mask throws away; counted in full unless said. */
  readonly causal?: boolean;
}

/** Model FLOPs: the work the mathematics needs, nothing recomputed. What MFU is made of. */
export interface FlopCount {
  readonly convention: 'exact' | 'exact-causal';
  readonly tokens: number;
  readonly forward: FlopParts;
  readonly backward: FlopParts;
  /** Forward and backward, FLOP. */
  readonly total: Flop;
}

/**
 * Counts the model FLOPs of training exactly: every matrix multiplication, forward and backward, by part.
 *
 * Two per multiply-add; backward is twice forward. Attention scores are counted in full (`exact`, the convention of
 * Megatron and PaLM) or without the masked half (`exact-causal`, s/2 keys a query). Norms, softmax, biases and the
 * embedding lookup are not matrix multiplications and are left out.
 *
 * @param model a shape that {@link checkModel} accepts
 * @returns FLOP, for one token unless `tokens` says otherwise
 * @source Narayanan 2021, appendix; Korthikanti 2022, appendix A; Chowdhery 2022, appendix B
 */
export function modelFlops(model: Model, options: FlopOptions = {}): FlopCount {
  const { tokens = 1, sequence = model.sequence, causal = false } = options;
  const forward = scaleParts(forwardFlopsPerToken(model, sequence, causal), tokens);
  const backward = scaleParts(forward, BACKWARD_PER_FORWARD);
  return {
    convention: causal ? 'exact-causal' : 'exact',
    tokens,
    forward,
    backward,
    total: sumParts(forward) + sumParts(backward),
  };
}
