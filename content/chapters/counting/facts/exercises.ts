import { countParameters, flopsByPaper, modelFlops, modelTensors, sixNd, type Model } from '#estimator';
import { published } from '../published.ts';
import {
  factor,
  parametersIn,
  perToken,
  plain,
  ratio,
  ruleOf,
  shape,
  shapeOf,
  size,
  type Fact,
} from './shared.ts';
import { LONG } from './work.ts';

const { nemoRate, nemoTokens, deepseekRate, deepseekStep, deepseekBatch, deepseekGpus } = published;
const llama = (id: '8b' | '70b'): Model => shape(`llama3-${id}`);
const twelve = (model: Model): number =>
  ruleOf(model, '12lh2').value + countParameters(model).parts.embedding;
const sixteen = (model: Model): number => {
  const { parts } = countParameters(model);
  return ruleOf(model, '16lh2').value + parts.embedding + parts.output;
};
const off = (value: number, model: Model): number => value / countParameters(model).total - 1;

const nvidia = (): number => nemoRate.value / nemoTokens.value;

/** Scores of Llama 3 8B over 6N, N the exact count. */
const added = (causal: boolean): number => {
  const { forward } = modelFlops(llama('8b'), { sequence: LONG, causal });
  return (3 * forward.attentionScores) / sixNd(countParameters(llama('8b')).total, 1);
};

const deepseek = (): Model => shape('deepseek-v3');
const impliedDeepseek = (): number =>
  (deepseekRate.value * deepseekStep.value * deepseekGpus.value) /
  (deepseekBatch.value * deepseek().sequence);
const causal = (model: Model): number => modelFlops(model, { causal: true }).total;
/** One more layer, one more pass of the logits, and the matrix that joins two vectors of the width. */
const multiToken = (): number => {
  const model = deepseek();
  const layer = causal({ ...model, layers: model.layers + 1 }) - causal(model);
  return causal(model) + layer + 3 * modelFlops(model).forward.logits + 6 * 2 * model.hidden ** 2;
};

/** FLOP of Megatron's formula as logged: 32 for 24 in a gated model, and V/16Lh whatever is recomputed. */
function logged(model: Model): number {
  const { layers, hidden, sequence, vocab } = model;
  const inner = 1 + sequence / (6 * hidden) + vocab / (16 * layers * hidden);
  return 32 * 3 * layers * hidden ** 2 * inner;
}
const llama2 = (): Model => shape('llama2-7b');
const star = (): Model => shape('starcoderbase-15-5b');
/** The same without a gated MLP: only the folded constant is wrong. */
const foldedOff = (model: Model): number => {
  const { layers, hidden, sequence, vocab } = model;
  const inner = (fold: number): number => 1 + sequence / (6 * hidden) + vocab / (fold * layers * hidden);
  return inner(16) / inner(12) - 1;
};

const small = (): Model => ({
  ...shape('gpt3-125m'),
  layers: 24,
  hidden: 1280,
  heads: 10,
  kvHeads: 10,
  headDim: 128,
  ffn: 5120,
  vocab: 32_000,
});
const hoffmann = (): number => flopsByPaper(small()).find(({ id }) => id === 'hoffmann')?.flops ?? Number.NaN;
const tables = (): number => 12 * small().vocab * small().hidden;

/** Weights of attention over the 4h² of a layer with as many key heads as heads. */
const attentionShare = (which: '8b' | '70b'): number =>
  parametersIn(llama(which), 'attention') / (4 * llama(which).layers * llama(which).hidden ** 2);

export const exerciseFacts = {
  exGptTables: (s) => size(parametersIn(shapeOf(s), 'table'), 3),
  exGptOff: (s) => ratio(ruleOf(shapeOf(s), '12lh2').error),
  ex8Exact: () => size(countParameters(llama('8b')).total, 3),
  ex8Twelve: () => size(twelve(llama('8b')), 3),
  ex8TwelveOff: () => ratio(off(twelve(llama('8b')), llama('8b'))),
  ex8Sixteen: () => size(sixteen(llama('8b')), 3),
  ex8SixteenOff: () => ratio(off(sixteen(llama('8b')), llama('8b'))),
  ex70Exact: () => size(countParameters(llama('70b')).total, 4),
  ex70TwelveOff: () => ratio(off(twelve(llama('70b')), llama('70b'))),
  ex70SixteenOff: () => ratio(off(sixteen(llama('70b')), llama('70b'))),
  exAttention: () => factor(attentionShare('8b')),
  exAttention70: () => factor(attentionShare('70b')),
  exMlp: () => factor(parametersIn(llama('8b'), 'mlp') / (8 * llama('8b').layers * llama('8b').hidden ** 2)),

  exOverSix: (s) => ratio(modelFlops(shapeOf(s)).total / sixNd(s.model.parameters, 1) - 1),
  exNvidia: () => perToken(nvidia(), 5),
  exNvidiaOff: (s) => ratio(Math.abs(nvidia() / modelFlops(shapeOf(s)).total - 1)),

  exFull: () => ratio(added(false)),
  exCausal: () => ratio(added(true)),

  exDeepseekImplied: () => perToken(impliedDeepseek()),
  exDeepseekSix: () => perToken(sixNd(published.deepseekActive.value, 1)),
  exDeepseekCausal: () => perToken(causal(deepseek())),
  exDeepseekFull: () => perToken(modelFlops(deepseek()).total),
  exDeepseekMtp: () => perToken(multiToken(), 4),
  exDeepseekMtpOff: () => ratio(Math.abs(multiToken() / impliedDeepseek() - 1)),

  bugLogged: () => perToken(logged(llama2())),
  bugExact: () => perToken(modelFlops(llama2()).total),
  bugOff: () => ratio(logged(llama2()) / modelFlops(llama2()).total - 1),
  bugMfu: () => ratio((0.5 * logged(llama2())) / modelFlops(llama2()).total),
  bugFold: () => ratio(foldedOff(star())),
  bugFoldSmall: () => ratio(foldedOff(shape('gpt3-125m'))),
  bugWide: () => factor(llama2().ffn / llama2().hidden),

  misprint: () => plain(sixNd(175e9, published.misprintTokens.value), 'FLOP'),
  tableRatio: () => plain((hoffmann() - tables()) / sixNd(552e6, 1), 'real'),
  tableFull: () => plain(hoffmann() / sixNd(552e6, 1), 'real'),
  bytesGpt: (s) => plain(2 * modelTensors(shapeOf(s)).parameters, 'B'),
} satisfies Record<string, Fact>;
