import type { Model } from '../types.ts';
import type { FlopParts } from './parts.ts';

/** A multiply-add is two operations. */
const FLOP_PER_WEIGHT = 2;

/** Weights of one attention layer that a token is multiplied by (no biases, no norms). */
function projectionWeights({ hidden, heads, kvHeads, headDim, mla }: Model): number {
  if (!mla) return 2 * hidden * headDim * (heads + kvHeads);
  const queries = heads * (mla.nopeDim + mla.ropeDim);
  const query = mla.queryRank === null ? hidden * queries : mla.queryRank * (hidden + queries);
  const down = hidden * (mla.kvRank + mla.ropeDim);
  const up = mla.kvRank * heads * (mla.nopeDim + mla.valueDim);
  return query + down + up + heads * mla.valueDim * hidden;
}

/**
 * Keys that a query meets on average, in tokens: all of the sequence, or half of it when the causal half is not
 * computed; in a window of w, w, or w - w²/2s.
 */
function keysPerQuery(sequence: number, window: number, causal: boolean): number {
  const reach = Math.min(sequence, window);
  return causal ? reach - reach ** 2 / (2 * sequence) : reach;
}

/**
 * FLOP of the forward pass for one token, by part.
 * @param sequence tokens that attend to each other
 * @param causal count only the scores that a causal mask keeps
 */
export function forwardFlopsPerToken(model: Model, sequence: number, causal: boolean): FlopParts {
  const { layers, hidden, heads, headDim, vocab, moe, mla, window } = model;
  const denseLayers = moe ? moe.denseLayers : layers;
  const moeLayers = layers - denseLayers;
  const mlpWeights = (inner: number): number => (model.gatedMlp ? 3 : 2) * hidden * inner;
  const scoreWidth = mla ? heads * (mla.nopeDim + mla.ropeDim + mla.valueDim) : 2 * heads * headDim;
  const windowed = window ? window.layers : 0;
  const keys =
    (layers - windowed) * keysPerQuery(sequence, sequence, causal) +
    (window ? windowed * keysPerQuery(sequence, window.tokens, causal) : 0);
  const shared = moe ? moe.sharedExperts * mlpWeights(moe.sharedFfn) + (moe.sharedGate ? hidden : 0) : 0;
  return {
    attentionProjections: FLOP_PER_WEIGHT * layers * projectionWeights(model),
    attentionScores: FLOP_PER_WEIGHT * keys * scoreWidth,
    mlp: FLOP_PER_WEIGHT * denseLayers * mlpWeights(model.ffn),
    experts: moe ? FLOP_PER_WEIGHT * moeLayers * moe.topK * mlpWeights(moe.expertFfn) : 0,
    sharedExperts: FLOP_PER_WEIGHT * moeLayers * shared,
    router: moe ? FLOP_PER_WEIGHT * moeLayers * hidden * moe.experts : 0,
    logits: FLOP_PER_WEIGHT * hidden * vocab,
  };
}
