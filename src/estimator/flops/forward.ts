import { attentionTensors } from '../tensors/attention.ts';
import { FLOP_PER_WEIGHT } from '../tensors/cost.ts';
import { outputTensors } from '../tensors/ends.ts';
import { mlpTensors, routedTensors, routerTensors, sharedTensors } from '../tensors/mlp.ts';
import type { Tensor } from '../tensors/types.ts';
import type { Model } from '../types.ts';
import type { FlopParts } from './parts.ts';

const flopsOf = (tensors: readonly Tensor[]): number =>
  tensors.reduce((sum, { forward }) => sum + forward, 0);

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
  const { layers, heads, headDim, moe, mla, window } = model;
  const denseLayers = moe ? moe.denseLayers : layers;
  const moeLayers = layers - denseLayers;
  const scoreWidth = mla ? heads * (mla.nopeDim + mla.ropeDim + mla.valueDim) : 2 * heads * headDim;
  const windowed = window ? window.layers : 0;
  const keys =
    (layers - windowed) * keysPerQuery(sequence, sequence, causal) +
    (window ? windowed * keysPerQuery(sequence, window.tokens, causal) : 0);
  return {
    attentionProjections: layers * flopsOf(attentionTensors(model)),
    attentionScores: FLOP_PER_WEIGHT * keys * scoreWidth,
    mlp: denseLayers * flopsOf(mlpTensors(model)),
    experts: moe ? moeLayers * flopsOf(routedTensors(model, moe)) : 0,
    sharedExperts: moe ? moeLayers * flopsOf(sharedTensors(model, moe)) : 0,
    router: moe ? moeLayers * flopsOf(routerTensors(model, moe)) : 0,
    logits: flopsOf(outputTensors(model)),
  };
}
