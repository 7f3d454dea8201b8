import { countParameters, type ParameterCount } from '../parameters.ts';
import { normWeights } from '../tensors/norms.ts';
import type { FrameworkFamily } from '../training/types.ts';
import type { Model, Recompute } from '../types.ts';
import type { Bytes } from '../units.ts';
import { elementBytes, type MemoryRules } from './family-rules.ts';
import { keptTensors, type LayerCut } from './kept-tensors.ts';

/** One layer on one GPU, as numbers. */
export interface LayerMemory {
  /** Parameters that every data-parallel rank has. */
  readonly parameters: number;
  /** Parameters of routed experts on this GPU. */
  readonly expertParameters: number;
  /** Kept for the backward pass of one micro-batch, bytes: as the recompute mode says, and when nothing is recomputed. */
  readonly kept: Bytes;
  readonly keptInFull: Bytes;
  /** Alive for a moment while the layer's backward pass runs, bytes. */
  readonly backward: Bytes;
}

export interface LayerOptions extends LayerCut {
  readonly expertParallel: number;
  readonly recompute: Recompute;
  readonly framework: FrameworkFamily;
}

/** Parameters of norms outside the layers: the last one and the embedding's. */
export const outerNormParameters = (model: Model): number =>
  normWeights(model) * (model.embeddingNorm ? 2 : 1);

function layerParameters(model: Model, count: ParameterCount, options: LayerOptions, experts: boolean) {
  const { layers, moe } = model;
  const { parts } = count;
  const t = options.tensorParallel;
  const moeLayers = moe ? layers - moe.denseLayers : 0;
  const each = (total: number, among: number): number => (among > 0 ? total / among : 0);
  const shared = (parts.norms - outerNormParameters(model)) / layers;
  const mlp = experts
    ? each(parts.sharedExperts, moeLayers) / t + each(parts.router, moeLayers)
    : each(parts.mlp, layers - moeLayers) / t;
  return {
    parameters: parts.attention / layers / t + shared + mlp,
    expertParameters: experts
      ? each(parts.experts, moeLayers) / (options.expertParallel * options.expertTensorParallel)
      : 0,
  };
}

/** torchtitan's selective mode keeps every second GEMM's output and attention's; kernels that it computes again. */
function fsdpSelective(model: Model, options: LayerOptions, experts: boolean): Bytes {
  const { hidden, heads, headDim, kvHeads, ffn, moe } = model;
  const rows = (options.microBatch * model.sequence) / options.contextParallel;
  const inner = experts && moe ? moe.topK * moe.expertFfn : ffn;
  const split = heads * headDim * 2 + kvHeads * headDim + inner;
  const whole = options.sequenceParallel ? (2 * hidden) / options.tensorParallel : 2 * hidden;
  return elementBytes(options.precision) * rows * (split / options.tensorParallel + whole);
}

/** The input of a layer, all that full recomputation keeps of it. */
function layerInput(model: Model, options: LayerOptions): Bytes {
  const rows = (options.microBatch * model.sequence) / options.contextParallel;
  return (
    (elementBytes(options.precision) * rows * model.hidden) /
    (options.sequenceParallel ? options.tensorParallel : 1)
  );
}

/** Gradients alive at once in the widest place of the backward pass: the MLP's, or unfused attention's scores. */
function backwardBytes(model: Model, options: LayerOptions, experts: boolean): Bytes {
  const { hidden, heads, sequence, ffn, moe } = model;
  const { tensorParallel: t } = options;
  const tokens = (options.microBatch * sequence) / options.contextParallel;
  const element = elementBytes(options.precision);
  const halves = model.gatedMlp ? 3 : 2;
  const mlp =
    experts && moe
      ? (tokens * moe.topK * (halves * moe.expertFfn + hidden)) / t
      : (tokens * halves * ffn) / t;
  // The gradient of the layer's output, and of the input that it is turned into.
  const stream = 2 * tokens * hidden;
  const scores = options.fusedAttention ? 0 : (2 * tokens * sequence * heads) / t;
  return element * (Math.max(mlp, scores) + stream);
}

/**
 * Memory of one layer on one GPU: parameters, what is kept of one micro-batch, what its backward pass needs.
 *
 * Recomputation: `selective` drops what attention computes between its two GEMMs (Korthikanti 2022, section 5; in FSDP
 * every second GEMM as in torchtitan), `full` all but the layer's input, and brings the rest back one layer at a time.
 * @returns parameters as counts, the rest in bytes
 * @source Korthikanti 2022, sections 4 and 5
 */
export function layerMemory(
  model: Model,
  options: LayerOptions,
  rules: MemoryRules,
  experts: boolean,
  count: ParameterCount = countParameters(model),
): LayerMemory {
  const tensors = keptTensors(model, options, rules, experts);
  let keptInFull = 0;
  let dropped = 0;
  for (const { bytes, selective } of tensors) {
    keptInFull += bytes;
    if (selective) dropped += bytes;
  }
  const selective =
    options.framework === 'fsdp'
      ? Math.min(keptInFull - dropped, fsdpSelective(model, options, experts))
      : keptInFull - dropped;
  const kept = { none: keptInFull, selective, full: layerInput(model, options) }[options.recompute];
  return {
    ...layerParameters(model, count, options, experts),
    kept,
    keptInFull,
    backward: keptInFull - kept + backwardBytes(model, options, experts),
  };
}
