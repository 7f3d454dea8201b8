import { cacheBytesPerToken, countParameters, type Model } from '#estimator';
import {
  bytes,
  count,
  factor,
  parametersIn,
  ratio,
  ruleOf,
  shape,
  shapeOf,
  shareIn,
  size,
  type Fact,
} from './shared.ts';

const llama70 = (): Model => shape('llama3-70b');
const deepseek = (): Model => shape('deepseek-v3');

/** Llama 3 70B with other kinds of attention: as many key heads as heads, one, and the ranks of DeepSeek-V3. */
const attentionOf = (change: Partial<Model>): Model => ({ ...llama70(), ...change });
const kinds = {
  mha: () => attentionOf({ kvHeads: llama70().heads }),
  gqa: llama70,
  mqa: () => attentionOf({ kvHeads: 1 }),
  mla: () => attentionOf({ mla: deepseek().mla as NonNullable<Model['mla']> }),
};
const weights = (model: Model): number => parametersIn(model, 'attention') / model.layers;

export const shapeFacts = {
  gptExact: (s) => size(countParameters(shapeOf(s)).total),
  gptLayers: (s) => count(shapeOf(s).layers),
  gptHidden: (s) => count(shapeOf(s).hidden),
  gptAttention: (s) => ratio(shareIn(shapeOf(s), 'attention')),
  gptMlp: (s) => ratio(shareIn(shapeOf(s), 'mlp')),
  gptTables: (s) => ratio(shareIn(shapeOf(s), 'table')),
  gptNorms: (s) => ratio(shareIn(shapeOf(s), 'norms')),
  gptTable: (s) => size(shapeOf(s).vocab * shapeOf(s).hidden, 3),
  gptTwelve: (s) => size(ruleOf(shapeOf(s), '12lh2').value),
  gptMegatronOff: (s) =>
    count(Math.abs(ruleOf(shapeOf(s), 'megatron-n').value - countParameters(shapeOf(s)).total)),

  llamaMlp: () => ratio(shareIn(llama70(), 'mlp')),
  llamaAttention: () => ratio(shareIn(llama70(), 'attention')),
  llamaWide: () => factor(llama70().ffn / llama70().hidden),
  llama8Tables: () =>
    ratio(countParameters(shape('llama3-8b')).embedding / countParameters(shape('llama3-8b')).total),
  smallTables: () =>
    ratio(countParameters(shape('gpt3-125m')).embedding / countParameters(shape('gpt3-125m')).total),

  deepseekTotal: () => size(countParameters(deepseek()).total),
  deepseekActive: () => size(countParameters(deepseek()).active),
  deepseekExperts: () => ratio(shareIn(deepseek(), 'experts')),
  deepseekRouters: () => size(countParameters(deepseek()).parts.router, 3),

  mhaWeights: () => size(weights(kinds.mha())),
  gqaWeights: () => size(weights(kinds.gqa())),
  mqaWeights: () => size(weights(kinds.mqa())),
  mlaWeights: () => size(weights(kinds.mla())),
  mhaCache: () => bytes(cacheBytesPerToken(kinds.mha())),
  gqaCache: () => bytes(cacheBytesPerToken(kinds.gqa())),
  mqaCache: () => bytes(cacheBytesPerToken(kinds.mqa())),
  mlaCache: () => bytes(cacheBytesPerToken(kinds.mla())),
  mhaContext: () => bytes(cacheBytesPerToken(kinds.mha()) * llama70().sequence),
  gqaContext: () => bytes(cacheBytesPerToken(kinds.gqa()) * llama70().sequence),
  mqaContext: () => bytes(cacheBytesPerToken(kinds.mqa()) * llama70().sequence),
  mlaContext: () => bytes(cacheBytesPerToken(kinds.mla()) * llama70().sequence),
  gqaModel: () => ratio(1 - countParameters(kinds.gqa()).total / countParameters(kinds.mha()).total),
  gqaSaves: () => factor(cacheBytesPerToken(kinds.mha()) / cacheBytesPerToken(kinds.gqa())),
  llamaSequence: () => count(llama70().sequence),
} satisfies Record<string, Fact>;
