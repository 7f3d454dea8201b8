import type { Model } from './types.ts';

/** Where a model's parameters sit. Counts over all layers. */
export interface ParameterParts {
  /** The table of input embeddings; also the output's when they are tied. */
  readonly embedding: number;
  /** Learned positions; 0 for rotary ones. */
  readonly positions: number;
  readonly attention: number;
  /** Dense MLPs. */
  readonly mlp: number;
  /** Routed experts, all of them. */
  readonly experts: number;
  /** Experts that every token visits, with their gate. */
  readonly sharedExperts: number;
  readonly router: number;
  readonly norms: number;
  /** The output matrix, when it is its own, and its bias. */
  readonly output: number;
}

export interface ParameterCount {
  readonly total: number;
  /** Parameters one token meets: `total` without the routed experts that it does not visit. */
  readonly active: number;
  /** The tables at both ends: `parts.embedding + parts.positions + parts.output`. */
  readonly embedding: number;
  readonly parts: ParameterParts;
}

const on = (flag: boolean | undefined, count: number): number => (flag ? count : 0);

/** Weights of a two-matrix or gated (three-matrix) MLP, with biases. */
function mlpParameters(hidden: number, inner: number, gated: boolean, bias: boolean): number {
  const up = gated ? 2 : 1;
  return (up + 1) * hidden * inner + on(bias, up * inner + hidden);
}

/** Matrices and biases of one attention layer: MHA, GQA, MQA or, when `mla` is set, latent attention. */
function attentionParameters(model: Model): number {
  const { hidden, heads, kvHeads, headDim, bias, mla } = model;
  if (!mla) {
    const queries = heads * headDim;
    const keysAndValues = 2 * kvHeads * headDim;
    return (
      hidden * (queries + keysAndValues) +
      queries * hidden +
      on(bias.qkv, queries + keysAndValues) +
      on(bias.attentionOutput, hidden) +
      on(model.attentionSinks, heads)
    );
  }
  const queries = heads * (mla.nopeDim + mla.ropeDim);
  const query = mla.queryRank === null ? hidden * queries : mla.queryRank * (hidden + queries);
  const down = mla.kvRank + mla.ropeDim;
  const keysAndValues = hidden * down + mla.kvRank * heads * (mla.nopeDim + mla.valueDim);
  return (
    query +
    keysAndValues +
    heads * mla.valueDim * hidden +
    on(bias.qkv, (mla.queryRank ?? 0) + down) +
    on(bias.attentionOutput, hidden)
  );
}

/** Norms inside one attention layer: on queries and keys, and on MLA's compressed vectors. */
function attentionNormParameters(model: Model): number {
  const { mla } = model;
  if (mla) return (mla.queryRank ?? 0) + mla.kvRank;
  const span = model.qkNormSpan === 'all-heads' ? model.heads + model.kvHeads : 2;
  return on(model.qkNorm, span * model.headDim);
}

function normParameters(model: Model): number {
  const weights = { layernorm: 2, rmsnorm: 1, unweighted: 0 }[model.norm] * model.hidden;
  const outside = model.embeddingNorm ? 2 : 1;
  return (
    model.layers * ((model.normsPerLayer ?? 2) * weights + attentionNormParameters(model)) + outside * weights
  );
}

/**
 * Counts a model's parameters exactly, tensor by tensor.
 *
 * Dense and mixture of experts; MHA, GQA, MQA and MLA; plain and gated MLPs; biases, norms, learned positions, tied or
 * separate output. Buffers that are not learned (rotary tables, causal masks) are not parameters. DeepSeek-V3's
 * multi-token-prediction module is not part of the main model and not counted.
 *
 * @param model a shape that {@link checkModel} accepts; on others the result means nothing
 * @returns counts without unit: `total`, `active` per token, and `parts`, which sum to `total`
 * @source the matrices are those of Vaswani 2017 (section 3), Touvron 2023 (section 2.2), DeepSeek-V2 (section 2.1);
 *   tested against published exact counts in test/golden/estimator
 */
export function countParameters(model: Model): ParameterCount {
  const { layers, hidden, vocab, moe, bias } = model;
  const denseLayers = moe ? moe.denseLayers : layers;
  const moeLayers = layers - denseLayers;
  const mlp = (inner: number): number => mlpParameters(hidden, inner, model.gatedMlp, bias.mlp);
  const expert = moe ? mlp(moe.expertFfn) : 0;
  const parts: ParameterParts = {
    embedding: vocab * hidden,
    positions: on(model.positions === 'learned', (model.positionRows ?? model.sequence) * hidden),
    attention: layers * attentionParameters(model),
    mlp: denseLayers * mlp(model.ffn),
    experts: moe ? moeLayers * moe.experts * expert : 0,
    sharedExperts: moe
      ? moeLayers * (moe.sharedExperts * mlp(moe.sharedFfn) + on(moe.sharedGate, hidden))
      : 0,
    router: moe ? moeLayers * (hidden * moe.experts + on(moe.routerBias, moe.experts)) : 0,
    norms: normParameters(model),
    output: on(!model.tiedEmbeddings, vocab * hidden) + on(model.outputBias, vocab),
  };
  const total = Object.values<number>({ ...parts }).reduce((sum, part) => sum + part, 0);
  const idle = moe ? moeLayers * (moe.experts - moe.topK) * expert : 0;
  return {
    total,
    active: total - idle,
    embedding: parts.embedding + parts.positions + parts.output,
    parts,
  };
}

/** Parameters of the mean layer: all but the tables at both ends, over the layers. */
export function meanLayerParameters(model: Model): number {
  const { total, embedding } = countParameters(model);
  return (total - embedding) / model.layers;
}
