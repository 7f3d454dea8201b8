import type { Model } from '../types.ts';
import { matrix, vector } from './cost.ts';
import type { Tensor } from './types.ts';

/** Queries, keys, values and output of multi-head attention; with fewer key heads of grouped or multi-query attention. */
function headProjections({ hidden, heads, kvHeads, headDim, bias, attentionSinks }: Model): Tensor[] {
  const [queries, pairs] = [heads * headDim, kvHeads * headDim];
  return [
    matrix('wq', 'queries', hidden, queries),
    matrix('wk', 'keys', hidden, pairs),
    matrix('wv', 'values', hidden, pairs),
    matrix('wo', 'output', queries, hidden),
    vector(
      'attention-bias',
      'biases',
      (bias.qkv ? queries + 2 * pairs : 0) + (bias.attentionOutput ? hidden : 0),
    ),
    vector('sinks', 'sinks', attentionSinks ? heads : 0),
  ];
}

/** The two-step projections of multi-head latent attention: down to a rank, up to the heads. */
function latentProjections(model: Model, mla: NonNullable<Model['mla']>): Tensor[] {
  const { hidden, heads, bias } = model;
  const { queryRank, kvRank, nopeDim, ropeDim, valueDim } = mla;
  const queries = heads * (nopeDim + ropeDim);
  const down = kvRank + ropeDim;
  const query =
    queryRank === null
      ? [matrix('wq', 'queries', hidden, queries)]
      : [
          matrix('wq-down', 'queries, down', hidden, queryRank),
          matrix('wq-up', 'queries, up', queryRank, queries),
        ];
  return [
    ...query,
    matrix('wkv-down', 'keys and values, down', hidden, down),
    matrix('wk-up', 'keys, up', kvRank, heads * nopeDim),
    matrix('wv-up', 'values, up', kvRank, heads * valueDim),
    matrix('wo', 'output', heads * valueDim, hidden),
    vector(
      'attention-bias',
      'biases',
      (bias.qkv ? (queryRank ?? 0) + down : 0) + (bias.attentionOutput ? hidden : 0),
    ),
  ];
}

/**
 * The weights of one attention layer, matrix by matrix.
 * @source Vaswani 2017, section 3.2; Shazeer 2019, section 3 (MQA); Ainslie 2023, section 2.2 (GQA); DeepSeek-V2 2024,
 *   section 2.1 (MLA)
 */
export const attentionTensors = (model: Model): Tensor[] =>
  model.mla ? latentProjections(model, model.mla) : headProjections(model);
