import { fusedAttentionSeconds } from '../kernels/attention.ts';
import { separateAttentionSeconds } from '../kernels/separate-attention.ts';
import type { Model } from '../types.ts';
import { addQueryKeyWork } from './elementwise.ts';
import { addLinear, type LayerPasses } from './linear.ts';
import { keepsScoresOnChip } from './rules.ts';
import type { Scope } from './scope.ts';

/** Keys that a query of a causal sequence meets on average, in layers with and without a window. */
function keysPerQuery({ sequence, window, layers }: Model): number {
  const reach = (tokens: number): number => tokens - tokens ** 2 / (2 * sequence);
  const share = window ? window.layers / layers : 0;
  return (1 - share) * reach(sequence) + share * reach(Math.min(sequence, window?.tokens ?? sequence));
}

/** Queries, keys and values of a layer: widths of one token over all heads, and of one head. */
function widthsOf({ heads, kvHeads, headDim, mla }: Model) {
  if (mla) {
    const query = mla.nopeDim + mla.ropeDim;
    return {
      queries: heads * query,
      keysValues: heads * (query + mla.valueDim),
      values: heads * mla.valueDim,
      query,
      value: mla.valueDim,
    };
  }
  return {
    queries: heads * headDim,
    keysValues: 2 * kvHeads * headDim,
    values: heads * headDim,
    query: headDim,
    value: headDim,
  };
}

function addProjections(passes: LayerPasses, scope: Scope): void {
  const { model, machine, rules, tokens, tensorParallel } = scope;
  const { hidden, heads, mla } = model;
  const { queries, keysValues } = widthsOf(model);
  const linear = (inner: number, width: number): void =>
    addLinear(passes, tokens, inner, width, machine, rules);
  if (!mla) {
    linear(hidden, (queries + keysValues) / tensorParallel);
    return;
  }
  if (mla.queryRank !== null) linear(hidden, mla.queryRank);
  linear(mla.queryRank ?? hidden, queries / tensorParallel);
  linear(hidden, mla.kvRank + mla.ropeDim);
  linear(mla.kvRank, (heads * (mla.nopeDim + mla.valueDim)) / tensorParallel);
}

/** Scores, softmax and weighted values. */
function addScores(passes: LayerPasses, scope: Scope): void {
  const { model, machine, rules, tokens, tensorParallel } = scope;
  const { query, value } = widthsOf(model);
  const heads = model.heads / tensorParallel;
  if (rules.attention === 'unfused' || rules.attention === 'fused-softmax') {
    const rows = tokens * heads;
    passes.forward.attention += separateAttentionSeconds(
      machine.gpu,
      rules.attention,
      'forward',
      rows,
      model.sequence,
      query,
      value,
    );
    passes.backward.attention += separateAttentionSeconds(
      machine.gpu,
      rules.attention,
      'backward',
      rows,
      model.sequence,
      query,
      value,
    );
    return;
  }
  const keys = keysPerQuery(model);
  const scores = tokens * heads * keys;
  passes.forward.attention += fusedAttentionSeconds(
    machine.gpu,
    rules.attention,
    'forward',
    scores,
    query,
    value,
    keys,
  );
  passes.backward.attention += fusedAttentionSeconds(
    machine.gpu,
    rules.attention,
    'backward',
    scores,
    query,
    value,
    keys,
  );
}

/** Attention of one layer: projections, positions, scores, output. */
export function addAttention(passes: LayerPasses, scope: Scope): void {
  const { model, machine, rules, tokens, tensorParallel } = scope;
  const { queries, keysValues, values } = widthsOf(model);
  addProjections(passes, scope);
  addQueryKeyWork(passes, (queries + keysValues) / tensorParallel, scope, !keepsScoresOnChip(rules));
  addScores(passes, scope);
  addLinear(passes, tokens, values / tensorParallel, model.hidden, machine, rules);
}

/** Bytes of the keys and values that one rank of a context-parallel ring passes on. */
export const keyValueBytes = ({ model, machine, tokens, tensorParallel }: Scope): number =>
  (tokens * widthsOf(model).keysValues * machine.element) / tensorParallel;
