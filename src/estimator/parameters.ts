import { attentionTensors } from './tensors/attention.ts';
import { embeddingNorm, lastNorm, outputTensors, positionTable, tokenTable } from './tensors/ends.ts';
import { mlpTensors, routedTensors, routerTensors, sharedTensors } from './tensors/mlp.ts';
import { normTensors } from './tensors/norms.ts';
import type { Tensor } from './tensors/types.ts';
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

const held = (...tensors: readonly Tensor[]): number =>
  tensors.reduce((sum, { parameters }) => sum + parameters, 0);

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
  const found = known.get(model) ?? counted(model);
  known.set(model, found);
  return found;
}

/** Shapes are read-only, and a planner asks for the same one thousands of times. */
const known = new WeakMap<Model, ParameterCount>();

function counted(model: Model): ParameterCount {
  const { layers, moe } = model;
  const denseLayers = moe ? moe.denseLayers : layers;
  const moeLayers = layers - denseLayers;
  const routed = moe ? held(...routedTensors(model, moe)) : 0;
  const parts: ParameterParts = {
    embedding: held(tokenTable(model)),
    positions: held(positionTable(model)),
    attention: layers * held(...attentionTensors(model)),
    mlp: denseLayers * held(...mlpTensors(model)),
    experts: moeLayers * routed,
    sharedExperts: moe ? moeLayers * held(...sharedTensors(model, moe)) : 0,
    router: moe ? moeLayers * held(...routerTensors(model, moe)) : 0,
    norms: layers * held(...normTensors(model)) + held(embeddingNorm(model), lastNorm(model)),
    output: held(...outputTensors(model)),
  };
  const total = Object.values<number>({ ...parts }).reduce((sum, part) => sum + part, 0);
  const idle = moe ? moeLayers * (moe.experts - moe.topK) * (routed / moe.experts) : 0;
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
