import { models } from '#catalog';
import { countParameters, ruleErrors, type RuleId } from '#estimator';
import { count, factor, ratio, ruleOf, shape, shapeOf, type Fact } from './shared.ts';

/** Errors of a rule over the dense models of the catalogue, from the lowest to the highest. */
const dense = (id: RuleId): number[] =>
  models
    .filter((model) => !model.shape.moe)
    .map((model) => ruleErrors(model.shape).find(({ rule }) => rule.id === id)?.error ?? Number.NaN)
    .sort((a, b) => a - b);
const within = (id: RuleId, bound: number): number =>
  dense(id).filter((error) => Math.abs(error) <= bound).length;

export const ruleFacts = {
  denseModels: () => count(dense('6n').length),
  sixGpt: (s) => ratio(ruleOf(shapeOf(s), '6n').error),
  sixLowest: () => ratio(dense('6n')[0] ?? 0),
  sixHighest: () => ratio(dense('6n').at(-1) ?? 0),
  sixWithinTen: () => count(within('6n', 0.1)),
  sixLlama8: () => ratio(ruleOf(shape('llama3-8b'), '6n').error),
  sixDeepseek: () => ratio(ruleOf(shape('deepseek-v3'), '6n').error),
  eightGpt: (s) => ratio(ruleOf(shapeOf(s), '8n').error),
  megatronLowest: () => ratio(dense('megatron-f')[0] ?? 0),
  megatronHighest: () => ratio(dense('megatron-f').at(-1) ?? 0),
  megatronLlama2: () => ratio(ruleOf(shape('llama2-7b'), 'megatron-f').error),
  twelveDeepseek: () => ratio(ruleOf(shape('deepseek-v3'), '12lh2').error),
  moeWrong: () => {
    const { total, active } = countParameters(shape('deepseek-v3'));
    return factor(total / active);
  },
} satisfies Record<string, Fact>;
