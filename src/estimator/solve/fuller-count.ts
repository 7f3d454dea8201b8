import { modelFlops } from '../flops/model-flops.ts';
import { sixNd } from '../flops/six-nd.ts';
import type { Model } from '../types.ts';
import type { FullerCount } from './types.ts';

/**
 * The exact count of a run beside its 6ND.
 * @param model a sound shape, `sequence` already set
 * @param parameters the N that 6ND is taken with
 * @returns FLOP
 */
export function fullerCount(model: Model, parameters: number, tokens: number, causal: boolean): FullerCount {
  const { forward, backward, total, convention } = modelFlops(model, { tokens, causal });
  const attentionScores = forward.attentionScores + backward.attentionScores;
  const logits = forward.logits + backward.logits;
  return {
    convention,
    flopsPerToken: total / tokens,
    flops: total,
    extra: {
      attentionScores,
      logits,
      weights: total - attentionScores - logits - sixNd(parameters, tokens),
    },
  };
}
