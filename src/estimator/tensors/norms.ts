import type { Model } from '../types.ts';
import { vector } from './cost.ts';
import type { Tensor } from './types.ts';

/** Weights of one normalisation of width 1: scale and shift, scale alone, none. */
const WEIGHTS = { layernorm: 2, rmsnorm: 1, unweighted: 0 } as const;

/** Parameters of one normalisation of the model's width. */
export const normWeights = ({ norm, hidden }: Model): number => WEIGHTS[norm] * hidden;

/** Normalisations inside attention: of queries and keys, or of MLA's compressed vectors. */
function insideAttention({ mla, qkNorm, qkNormSpan, heads, kvHeads, headDim }: Model): number {
  if (mla) return (mla.queryRank ?? 0) + mla.kvRank;
  if (!qkNorm) return 0;
  return (qkNormSpan === 'all-heads' ? heads + kvHeads : 2) * headDim;
}

/** The normalisations of one layer. @source Ba 2016; Zhang 2019 (RMSNorm) */
export const normTensors = (model: Model): Tensor[] => [
  vector('norms', 'norms', (model.normsPerLayer ?? 2) * normWeights(model)),
  vector('attention-norms', 'norms inside attention', insideAttention(model)),
];
