import type { TrainingPrecision } from '../training/types.ts';
import type { Model } from '../types.ts';
import type { Bytes } from '../units.ts';
import { elementBytes, type MemoryRules, operandBytes } from './family-rules.ts';

/** The kernels of a layer that leave something for the backward pass. */
export type LayerKernel =
  | 'attention-norm'
  | 'qkv'
  | 'attention'
  | 'attention-output'
  | 'mlp-norm'
  | 'mlp-up'
  | 'mlp-down'
  | 'router'
  | 'dispatch';

/** A tensor that a layer's forward pass keeps for its backward pass, on one GPU, for one micro-batch. */
export interface KeptTensor {
  readonly kernel: LayerKernel;
  readonly tensor: string;
  readonly bytes: Bytes;
  /** Selective recomputation drops it and computes it again. */
  readonly selective: boolean;
}

/** How one layer is cut. */
export interface LayerCut {
  readonly microBatch: number;
  readonly tensorParallel: number;
  readonly contextParallel: number;
  readonly expertTensorParallel: number;
  readonly sequenceParallel: boolean;
  readonly precision: TrainingPrecision;
  readonly fusedAttention: boolean;
}

/** Widths of what attention reads and writes for one token, all heads. */
function attentionWidths(
  model: Model,
  tensorParallel: number,
): { query: number; key: number; value: number; output: number } {
  const { heads, headDim, mla } = model;
  if (mla) {
    const query = heads * (mla.nopeDim + mla.ropeDim);
    return { query, key: query, value: heads * mla.valueDim, output: heads * mla.valueDim };
  }
  // Fewer key heads than ranks: each rank holds one, so that all of them together hold copies.
  const pairs = Math.max(model.kvHeads, Math.min(tensorParallel, heads)) * headDim;
  return { query: heads * headDim, key: pairs, value: pairs, output: heads * headDim };
}

/** Latent attention keeps its compressed vectors too, before and after their norms, on every tensor-parallel rank. */
function latentWidth({ mla }: Model): number {
  return mla ? 2 * ((mla.queryRank ?? 0) + mla.kvRank) + mla.ropeDim : 0;
}

/**
 * What one layer keeps for its backward pass, kernel by kernel, when nothing is recomputed.
 *
 * For a GPT without FlashAttention the list sums to the closed form `sbh(10 + 24/t + 5as/ht)`, and to
 * `sbh(34 + 5as/h)/t` with sequence parallelism. FlashAttention keeps one FP32 number a head and token instead of the
 * scores; a gated MLP keeps both halves; FP8 keeps GEMM inputs in 8 bits, next to what attention itself needs.
 *
 * @param experts the layer's MLP is a mixture of experts; tokens are taken to be spread evenly
 * @returns bytes on one GPU for one micro-batch
 * @source Korthikanti 2022, section 4, equations 1 to 4; Dao 2023, section 3.1
 */
export function keptTensors(
  model: Model,
  cut: LayerCut,
  rules: MemoryRules,
  experts: boolean,
): readonly KeptTensor[] {
  const { hidden, heads, sequence, positions, moe } = model;
  const { tensorParallel: t, precision } = cut;
  const tokens = (cut.microBatch * sequence) / cut.contextParallel;
  const element = elementBytes(precision);
  const operand = rules.keepsCasts ? operandBytes(precision) : element;
  const rows = cut.sequenceParallel ? tokens / t : tokens;
  const gathered = rules.keepsGathered ? tokens : rows;
  const width = attentionWidths(model, t);
  const reach = model.window && model.window.layers === model.layers ? model.window.tokens : sequence;
  const kept: KeptTensor[] = [];
  const keep = (kernel: LayerKernel, tensor: string, bytes: Bytes, selective = false): void => {
    if (bytes > 0) kept.push({ kernel, tensor, bytes, selective });
  };
  const mask = (kernel: LayerKernel): void => keep(kernel, 'dropout mask', rules.dropout ? rows * hidden : 0);

  const norm = (kernel: LayerKernel): void => {
    keep(kernel, 'input', element * rows * hidden);
    // The FP32 copy of the input, and the normalised one that meets the weight.
    keep(kernel, 'between the kernels', rules.fusedNorm ? 0 : (4 + element) * rows * hidden);
  };
  norm('attention-norm');
  keep('qkv', 'input', operand * gathered * hidden);
  keep('qkv', 'compressed vectors', element * tokens * latentWidth(model));
  keep(
    'attention',
    'queries, keys and values',
    (element * tokens * (width.query + width.key + width.value)) / t,
  );
  const copies = rules.keepsUnrotated && positions === 'rotary' ? width.query + width.key : 0;
  keep('attention', 'queries and keys before rotation', (element * tokens * copies) / t);
  if (cut.fusedAttention) {
    keep('attention', 'output', operand < element ? (element * tokens * width.output) / t : 0);
    keep('attention', 'log-sum-exp', (4 * tokens * heads) / t, true);
  } else {
    const perScore = element + (rules.dropout ? 1 + element : 0);
    keep('attention', 'softmax, mask and dropped scores', (perScore * tokens * reach * heads) / t, true);
  }
  keep('attention-output', 'input', (operand * tokens * width.output) / t);
  mask('attention-output');
  norm('mlp-norm');

  const halves = model.gatedMlp ? (rules.fusedGate ? 2 : 3) : 1;
  const mlp = (inputs: number, inner: number): void => {
    keep('mlp-up', 'output', element * halves * inputs * inner);
    keep('mlp-down', 'input', operand * inputs * inner);
  };
  if (!moe || !experts) {
    keep('mlp-up', 'input', operand * gathered * hidden);
    mlp(tokens, model.ffn / t);
  } else {
    // Each rank sends out its own rows; tensor parallelism inside an expert gathers them again.
    const etp = cut.expertTensorParallel;
    const visits = rows * moe.topK * (cut.sequenceParallel ? etp : 1);
    keep('router', 'input', element * rows * hidden);
    keep('router', 'probabilities', 4 * rows * moe.experts);
    keep('dispatch', 'expert inputs', operand * visits * hidden);
    mlp(visits, moe.expertFfn / etp);
    keep('dispatch', 'expert outputs', element * rows * moe.topK * hidden);
    if (moe.sharedExperts > 0) {
      keep('mlp-up', 'input', operand * gathered * hidden);
      mlp(tokens, (moe.sharedExperts * moe.sharedFfn) / t);
    }
  }
  mask('mlp-down');
  return kept;
}
