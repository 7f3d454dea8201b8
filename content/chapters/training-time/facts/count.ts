import { countParameters, modelFlops, type FlopParts } from '#estimator';
import { modelById } from '#catalog';
import type { Quantity } from '#format';
import type { Scenario } from '#scenario';
import { published } from '../published.ts';
import { exactPerToken, parametersOf, plain, ratio, shapeOf, type Fact } from './shared.ts';

/** The context of Llama 3.1 after its last stage (Grattafiori 2024, section 3.4.2). */
const LONG_CONTEXT = 131_072;

/** FLOP per token over 6N. */
export function overSixN(id: string, sequence?: number): number {
  const { shape, parameters } = modelById(id);
  return modelFlops(shape, sequence === undefined ? {} : { sequence }).total / (6 * parameters);
}

const perToken = (value: number): Quantity => plain(value, 'FLOP');
const sum = (parts: FlopParts): number => Object.values<number>({ ...parts }).reduce((a, b) => a + b, 0);
const training = (s: Scenario, part: keyof FlopParts): number => {
  const { forward, backward } = exactPerToken(s);
  return forward[part] + backward[part];
};
const share = (s: Scenario, part: keyof FlopParts): Quantity =>
  ratio(training(s, part) / exactPerToken(s).total);
const small = (): ReturnType<typeof modelById> => modelById('gpt3-125m');

export const countFacts = {
  forwardProjections: (s) => perToken(exactPerToken(s).forward.attentionProjections),
  forwardMlp: (s) => perToken(exactPerToken(s).forward.mlp),
  forwardScores: (s) => perToken(exactPerToken(s).forward.attentionScores),
  forwardLogits: (s) => perToken(exactPerToken(s).forward.logits),
  forwardAll: (s) => perToken(sum(exactPerToken(s).forward)),
  trainProjections: (s) => perToken(training(s, 'attentionProjections')),
  trainMlp: (s) => perToken(training(s, 'mlp')),
  trainScores: (s) => perToken(training(s, 'attentionScores')),
  trainLogits: (s) => perToken(training(s, 'logits')),
  trainAll: (s) => perToken(exactPerToken(s).total),
  shareProjections: (s) => share(s, 'attentionProjections'),
  shareMlp: (s) => share(s, 'mlp'),
  shareScores: (s) => share(s, 'attentionScores'),
  shareLogits: (s) => share(s, 'logits'),
  shareAll: () => ratio(1),
  sixN: (s) => perToken(6 * s.model.parameters),
  shareSixN: (s) => ratio((6 * s.model.parameters) / exactPerToken(s).total),
  exactOverSixNd: (s) => ratio(exactPerToken(s).total / (6 * s.model.parameters) - 1),
  exactParameters: (s) => plain(parametersOf(s), 'size', 4),
  causalEffect: (s) => ratio(1 - modelFlops(shapeOf(s), { causal: true }).total / exactPerToken(s).total),
  sixH: (s) => plain(6 * shapeOf(s).hidden, 'count'),
  sequence: (s) => plain(shapeOf(s).sequence, 'count'),

  llama8Sequence: () => plain(modelById('llama3-8b').shape.sequence, 'count'),
  llama8Exact: () => plain(overSixN('llama3-8b'), 'factor'),
  longSequence: () => plain(LONG_CONTEXT, 'count'),
  llama8LongExact: () => plain(overSixN('llama3-8b', LONG_CONTEXT), 'factor', 2),
  llama8Causal: () => {
    const { shape } = modelById('llama3-8b');
    const at = (causal: boolean): number => modelFlops(shape, { sequence: LONG_CONTEXT, causal }).total;
    return ratio(1 - at(true) / at(false));
  },
  smallScores: () => {
    const { forward, backward } = modelFlops(small().shape);
    return ratio((forward.attentionScores + backward.attentionScores) / (6 * small().parameters));
  },
  smallKaplanShare: () => {
    const { total, embedding } = countParameters(small().shape);
    return ratio((6 * (total - embedding)) / modelFlops(small().shape).total);
  },
  moeOvercount: () => plain(published.deepseekTotal.value / published.deepseekActive.value, 'factor', 2),
} satisfies Record<string, Fact>;
