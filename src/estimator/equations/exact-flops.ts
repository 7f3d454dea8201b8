import { constant, product, sum, type Equation, type Expr } from '../expr/expr.ts';
import type { Model } from '../types.ts';
import { symbols, type SymbolName } from './symbols.ts';

const DENSE = [
  'layers',
  'hidden',
  'heads',
  'kvHeads',
  'headDim',
  'mlpMatrices',
  'ffn',
  'sequence',
  'vocab',
] as const;
const MOE = [
  ...DENSE,
  'denseLayers',
  'moeLayers',
  'experts',
  'topK',
  'expertFfn',
  'sharedExperts',
  'sharedFfn',
] as const;

type Name = Extract<SymbolName, (typeof MOE)[number]>;
type Tree = Expr<Name>;

const times = (...factors: (Name | number | Tree)[]): Tree => product<Name>(...factors);
const plus = (...terms: (Name | Tree)[]): Tree => sum<Name>(...terms);
const flop = (value: number): Tree => constant(value, 'FLOP/token');

const perHead = plus('heads', 'kvHeads');
const logits = times('hidden', 'vocab');

const denseWeights = plus(
  times('layers', plus(times(2, 'hidden', 'headDim', perHead), times('mlpMatrices', 'hidden', 'ffn'))),
  logits,
);

const visited = plus(times('topK', 'expertFfn'), times('sharedExperts', 'sharedFfn'));
const moeWeights = plus(
  times(2, 'layers', 'hidden', 'headDim', perHead),
  times('denseLayers', 'mlpMatrices', 'hidden', 'ffn'),
  times('moeLayers', 'hidden', plus(times('mlpMatrices', visited), 'experts')),
  logits,
);

/** Two FLOPs a multiply-add, three passes: 6 a weight, and 12 (causal: 6) a pair of tokens. */
const flops = (weights: Tree, causal: boolean): Tree =>
  plus(times(flop(6), weights), times(flop(causal ? 6 : 12), 'layers', 'sequence', 'heads', 'headDim'));

function exactEquation(moe: boolean, causal: boolean): Equation<Name> {
  return {
    id: `${moe ? 'moe' : 'exact'}${causal ? '-causal' : ''}-flops-per-token`,
    result: 'flopsPerToken',
    symbol: 'F_1',
    unit: 'FLOP/token',
    meaning: `model FLOPs of one token, attention scores ${causal ? 'halved by the causal mask' : 'in full'}`,
    expr: flops(moe ? moeWeights : denseWeights, causal),
    symbols: symbols(...(moe ? MOE : DENSE)),
    source: { key: 'chowdhery2022', where: 'appendix B' },
  };
}

/** Exact model FLOPs per token of a dense model with MHA, GQA or MQA; equals `modelFlops`. */
export const exactFlopsPerToken = exactEquation(false, false);
/** The same without the half of the scores that the causal mask throws away. */
export const exactCausalFlopsPerToken = exactEquation(false, true);
/** Exact model FLOPs per token of a mixture of experts; equals `modelFlops`. */
export const moeFlopsPerToken = exactEquation(true, false);
export const moeCausalFlopsPerToken = exactEquation(true, true);

/** A formula together with the values it has for one model. */
export interface Instance {
  readonly equation: Equation<Name>;
  readonly values: Readonly<Record<Name, number>>;
}

/**
 * The formula of a model's exact FLOPs per token, with its numbers.
 * @returns null for shapes that the short formula does not describe: latent attention, windows, gated shared experts
 */
export function exactFlopsFormula(model: Model, causal = false): Instance | null {
  const { moe } = model;
  if (model.mla || model.window || moe?.sharedGate) return null;
  const [full, halved] = moe
    ? [moeFlopsPerToken, moeCausalFlopsPerToken]
    : [exactFlopsPerToken, exactCausalFlopsPerToken];
  const denseLayers = moe ? moe.denseLayers : model.layers;
  return {
    equation: causal ? halved : full,
    values: {
      layers: model.layers,
      hidden: model.hidden,
      heads: model.heads,
      kvHeads: model.kvHeads,
      headDim: model.headDim,
      mlpMatrices: model.gatedMlp ? 3 : 2,
      ffn: model.ffn,
      sequence: model.sequence,
      vocab: model.vocab,
      denseLayers,
      moeLayers: model.layers - denseLayers,
      experts: moe?.experts ?? 0,
      topK: moe?.topK ?? 0,
      expertFfn: moe?.expertFfn ?? 0,
      sharedExperts: moe?.sharedExperts ?? 0,
      sharedFfn: moe?.sharedFfn ?? 0,
    },
  };
}
