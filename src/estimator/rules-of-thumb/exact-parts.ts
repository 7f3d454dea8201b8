import type { FlopParts } from '../flops/parts.ts';
import type { ParameterCount } from '../parameters.ts';
import type { Model } from '../types.ts';
import { attentionTensors } from '../tensors/attention.ts';
import { expertTensors, mlpTensors } from '../tensors/mlp.ts';
import type { Tensor } from '../tensors/types.ts';
import type { ByPart } from './types.ts';

/** Parameters of some of a layer's tensors that are no matrix: biases and sinks. */
const biasesIn = (tensors: readonly Tensor[]): number =>
  tensors.reduce((sum, { forward, parameters }) => sum + (forward === 0 ? parameters : 0), 0);

/** A model's parameters by the parts in which rules are compared. They sum to those counted. */
export function parameterParts(model: Model, { parts }: ParameterCount): ByPart {
  const { layers, moe } = model;
  const dense = moe ? moe.denseLayers : layers;
  const attention = layers * biasesIn(attentionTensors(model));
  const mlp =
    dense * biasesIn(mlpTensors(model)) + (moe ? (layers - dense) * biasesIn(expertTensors(model, moe)) : 0);
  return {
    attention: parts.attention - attention,
    mlp: parts.mlp + parts.experts + parts.sharedExperts + parts.router - mlp,
    scores: 0,
    tables: parts.embedding + parts.positions + parts.output,
    small: parts.norms + attention + mlp,
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
