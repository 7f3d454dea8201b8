import type { FlopParts } from '../flops/parts.ts';
import type { ParameterCount } from '../parameters.ts';
import type { Model } from '../types.ts';
import type { ByPart } from './types.ts';

/** Weights of attention and MLP that are no matrix: what the rules leave out as small. */
function biasParameters({
  layers,
  hidden,
  heads,
  kvHeads,
  headDim,
  mla,
  bias,
  attentionSinks,
}: Model): number {
  const down = mla ? (mla.queryRank ?? 0) + mla.kvRank + mla.ropeDim : (heads + 2 * kvHeads) * headDim;
  const sinks = attentionSinks && !mla ? heads : 0;
  return layers * ((bias.qkv ? down : 0) + (bias.attentionOutput ? hidden : 0) + sinks);
}

/** A model's parameters by the parts in which rules are compared. They sum to those counted. */
export function parameterParts(model: Model, { parts }: ParameterCount): ByPart {
  const biases = biasParameters(model);
  return {
    attention: parts.attention - biases,
    mlp: parts.mlp + parts.experts + parts.sharedExperts + parts.router,
    scores: 0,
    tables: parts.embedding + parts.positions + parts.output,
    small: parts.norms + biases,
  };
}

/** The parameters that one token meets, by part: the routed experts that it does not visit are left out. */
export function activeParts(model: Model, count: ParameterCount): ByPart {
  const all = parameterParts(model, count);
  return { ...all, mlp: all.mlp - (count.total - count.active) };
}

/** FLOP by the same parts, `times` the forward pass. */
export const flopParts = (forward: FlopParts, times: number): ByPart => ({
  attention: times * forward.attentionProjections,
  mlp: times * (forward.mlp + forward.experts + forward.sharedExperts + forward.router),
  scores: times * forward.attentionScores,
  tables: times * forward.logits,
  small: 0,
});
