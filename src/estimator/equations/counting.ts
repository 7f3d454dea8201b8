import { constant, power, product, quotient, sum, type Equation, type Expr } from '../expr/expr.ts';
import type { Model } from '../types.ts';
import { symbols, type SymbolName } from './symbols.ts';

const times = <S extends SymbolName>(...factors: (S | number | Expr<S>)[]): Expr<S> => product<S>(...factors);
const plus = <S extends SymbolName>(...terms: (S | number | Expr<S>)[]): Expr<S> => sum<S>(...terms);

type Layer = 'hidden' | 'headDim' | 'heads' | 'kvHeads' | 'mlpMatrices' | 'ffn';
const projections = times<Layer>(2, 'hidden', 'headDim', plus<Layer>('heads', 'kvHeads'));

const MATRICES = { unit: '1', symbol: 'P_1', result: 'layerParameters' } as const;

/** Weights in the matrices of a dense layer; equals those of `modelTensors`. */
export const layerParameters: Equation<Layer> = {
  ...MATRICES,
  id: 'layer-parameters',
  meaning: 'weights in the matrices of one layer',
  expr: plus<Layer>(projections, times<Layer>('mlpMatrices', 'hidden', 'ffn')),
  symbols: symbols('hidden', 'headDim', 'heads', 'kvHeads', 'mlpMatrices', 'ffn'),
  source: { key: 'vaswani2017', where: 'section 3; grouped heads as in Ainslie 2023, section 2.2' },
};

type ExpertLayer = Exclude<Layer, 'ffn'> | 'experts' | 'expertFfn' | 'sharedExperts' | 'sharedFfn';

/** The same of a layer of experts, all of them. */
export const expertLayerParameters: Equation<ExpertLayer> = {
  ...MATRICES,
  id: 'expert-layer-parameters',
  meaning: 'weights in the matrices of one layer of experts',
  expr: plus<ExpertLayer>(
    times<ExpertLayer>(2, 'hidden', 'headDim', plus<ExpertLayer>('heads', 'kvHeads')),
    times<ExpertLayer>('hidden', 'experts'),
    times<ExpertLayer>(
      'mlpMatrices',
      'hidden',
      plus<ExpertLayer>(
        times<ExpertLayer>('experts', 'expertFfn'),
        times<ExpertLayer>('sharedExperts', 'sharedFfn'),
      ),
    ),
  ),
  symbols: symbols(
    'hidden',
    'headDim',
    'heads',
    'kvHeads',
    'mlpMatrices',
    'experts',
    'expertFfn',
    'sharedExperts',
    'sharedFfn',
  ),
  source: { key: 'fedus2021', where: 'section 2.1' },
};

type Latent = 'hidden' | 'heads' | 'queryRank' | 'kvRank' | 'nopeDim' | 'ropeDim' | 'valueDim';
const keyWidth = plus<Latent>('nopeDim', 'ropeDim');

/** Weights in the matrices of latent attention with compressed queries; equals those of `modelTensors`. */
export const latentAttentionParameters: Equation<Latent> = {
  ...MATRICES,
  id: 'latent-attention-parameters',
  symbol: 'P_a',
  meaning: 'weights in the matrices of one layer’s latent attention',
  expr: plus<Latent>(
    times<Latent>('queryRank', plus<Latent>('hidden', times<Latent>('heads', keyWidth))),
    times<Latent>('hidden', plus<Latent>('kvRank', 'ropeDim')),
    times<Latent>('kvRank', 'heads', plus<Latent>('nopeDim', 'valueDim')),
    times<Latent>('heads', 'valueDim', 'hidden'),
  ),
  symbols: symbols('hidden', 'heads', 'queryRank', 'kvRank', 'nopeDim', 'ropeDim', 'valueDim'),
  source: { key: 'deepseekv2-2024', where: 'section 2.1' },
};

const CACHE = { unit: 'B', symbol: 'c', result: 'cacheBytes', meaning: 'KV cache of one token' } as const;

/** KV cache of one token; equals `cacheBytesPerToken`. */
export const kvCacheEquation: Equation<'layers' | 'kvHeads' | 'headDim' | 'cacheElement'> = {
  ...CACHE,
  id: 'kv-cache',
  expr: product(2, 'layers', 'kvHeads', 'headDim', 'cacheElement'),
  symbols: symbols('layers', 'kvHeads', 'headDim', 'cacheElement'),
  source: { key: 'pope2022', where: 'section 3.3' },
};

/** The same with latent attention. */
export const latentCacheEquation: Equation<'layers' | 'kvRank' | 'ropeDim' | 'cacheElement'> = {
  ...CACHE,
  id: 'latent-cache',
  expr: product<'layers' | 'kvRank' | 'ropeDim' | 'cacheElement'>(
    'layers',
    sum<'kvRank' | 'ropeDim'>('kvRank', 'ropeDim'),
    'cacheElement',
  ),
  symbols: symbols('layers', 'kvRank', 'ropeDim', 'cacheElement'),
  source: { key: 'deepseekv2-2024', where: 'section 2.1.3' },
};

type Gpt = 'layers' | 'hidden' | 'vocab' | 'sequence';

/** Parameters of a GPT by Narayanan's closed form; equals the rule `megatron-n`. */
export const megatronParameters: Equation<Gpt> = {
  id: 'megatron-parameters',
  result: 'parameters',
  symbol: 'N',
  unit: 'parameter',
  meaning: 'parameters of a GPT',
  expr: product<Gpt>(
    constant(12, 'parameter'),
    'layers',
    power<Gpt>('hidden', 2),
    sum<Gpt>(
      1,
      quotient<Gpt>(13, product<Gpt>(12, 'hidden')),
      quotient<Gpt>(sum<Gpt>('vocab', 'sequence'), product<Gpt>(12, 'layers', 'hidden')),
    ),
  ),
  symbols: symbols('layers', 'hidden', 'vocab', 'sequence'),
  source: { key: 'narayanan2021', where: 'equation 2' },
};

/** Parameters of a GPT's layers; equals the rule `12lh2`. */
export const twelveLh2: Equation<'layers' | 'hidden'> = {
  ...megatronParameters,
  id: 'twelve-lh2',
  meaning: 'parameters in the layers of a GPT',
  expr: product<'layers' | 'hidden'>(constant(12, 'parameter'), 'layers', power<'hidden'>('hidden', 2)),
  symbols: symbols('layers', 'hidden'),
  source: { key: 'kaplan2020', where: 'section 2.1, equation 2.1' },
};

/** A formula's values for one model; each set has more than any one formula needs. */
export const countingValues = (model: Model, cacheElement: number) => ({
  layers: model.layers,
  hidden: model.hidden,
  heads: model.heads,
  kvHeads: model.kvHeads,
  headDim: model.headDim,
  mlpMatrices: model.gatedMlp ? 3 : 2,
  ffn: model.ffn,
  vocab: model.vocab,
  sequence: model.sequence,
  experts: model.moe?.experts ?? 0,
  expertFfn: model.moe?.expertFfn ?? 0,
  sharedExperts: model.moe?.sharedExperts ?? 0,
  sharedFfn: model.moe?.sharedFfn ?? 0,
  queryRank: model.mla?.queryRank ?? 0,
  kvRank: model.mla?.kvRank ?? 0,
  nopeDim: model.mla?.nopeDim ?? 0,
  ropeDim: model.mla?.ropeDim ?? 0,
  valueDim: model.mla?.valueDim ?? 0,
  cacheElement,
});
