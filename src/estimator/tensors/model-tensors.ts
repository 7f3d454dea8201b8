import { forwardFlopsPerToken } from '../flops/forward.ts';
import type { Model } from '../types.ts';
import type { Bytes } from '../units.ts';
import { attentionTensors } from './attention.ts';
import { cacheTensors } from './cache.ts';
import { part, scaleCost, sumCosts, tensor, work } from './cost.ts';
import { embeddingNorm, lastNorm, outputTensors, positionTable, tokenTable } from './ends.ts';
import { keptAtEnds, keptPerToken, type Keeping } from './kept.ts';
import { expertTensors, mlpTensors } from './mlp.ts';
import { normTensors } from './norms.ts';
import type { Group, ModelTensors, Part, PartKind, Tensor } from './types.ts';

export interface DissectOptions extends Partial<Keeping> {
  /** Tokens that attend to each other; the model's own context unless said. */
  readonly sequence?: number;
  /** Leave out the half of the scores that a causal mask throws away; counted in full unless said. */
  readonly causal?: boolean;
  /** Bytes of a number in the KV cache; 2 unless said. */
  readonly cacheElement?: Bytes;
}

const DEFAULT: Keeping = { framework: 'megatron-core', fusedAttention: true, recompute: 'none' };

interface Question {
  readonly model: Model;
  readonly causal: boolean;
  readonly cacheElement: Bytes;
  readonly keeping: Keeping;
}

/** Scores of one layer. Where some layers have a window, each layer of the model is charged the average. */
function scores({ model, causal }: Question): Tensor {
  const { attentionScores } = forwardFlopsPerToken(model, model.sequence, causal);
  return tensor('scores', causal ? 'scores, causal half' : 'scores', work(attentionScores / model.layers));
}

/** One layer: its parts, each with its weights, its products and what it keeps. */
function layerParts(question: Question, experts: boolean): Part[] {
  const { model, keeping, cacheElement } = question;
  const kept = keptPerToken(model, keeping, experts);
  const of = (kind: PartKind): Tensor[] => kept.filter((one) => one.part === kind).map((one) => one.tensor);
  const mlp =
    experts && model.moe
      ? part('experts', 'Experts', 'experts', [...expertTensors(model, model.moe), ...of('mlp')])
      : part('mlp', 'MLP', 'mlp', [...mlpTensors(model), ...of('mlp')]);
  return [
    part('attention', 'Attention', 'attention', [...attentionTensors(model), ...of('attention')]),
    part('scores', 'Attention scores', 'scores', [
      scores(question),
      ...cacheTensors(model, cacheElement),
      ...of('scores'),
    ]),
    mlp,
    part('norms', 'Norms', 'norms', [...normTensors(model), ...of('norms')]),
  ];
}

/** All layers of one kind as a group: each part times their number. */
function layerGroup(question: Question, layers: number, experts: boolean): Group[] {
  if (layers === 0) return [];
  const parts = layerParts(question, experts).map((one) => ({
    ...scaleCost(one, layers),
    tensors: one.tensors.map((each) => scaleCost(each, layers)),
  }));
  const id = experts ? 'moe' : 'dense';
  const name = `${layers} ${experts ? 'expert ' : ''}${layers === 1 ? 'layer' : 'layers'}`;
  return [{ id, name, layers, parts, ...sumCosts(parts) }];
}

/** The tables before the first layer. */
function inputGroup(model: Model, kept: Tensor): Group {
  const parts = [
    part('embedding', 'Embedding', 'table', [
      tokenTable(model),
      positionTable(model),
      embeddingNorm(model),
      kept,
    ]),
  ];
  return { id: 'input', name: 'Input', layers: 0, parts, ...sumCosts(parts) };
}

/** The last norm and the logits. */
function outputGroup(model: Model, kept: readonly Tensor[]): Group {
  const parts = [part('output', 'Output', 'table', [...outputTensors(model), lastNorm(model), ...kept])];
  return { id: 'output', name: 'Output', layers: 0, parts, ...sumCosts(parts) };
}

/**
 * A model taken apart: from its input to its output, every kind of layer, every part of it, every tensor, each with its
 * parameters, the FLOPs of one token forward and backward, the bytes that training keeps of a token and those that
 * serving keeps.
 *
 * Parameters sum to `countParameters`, FLOPs to `modelFlops`, activations to what `memory/` keeps of one sequence on one
 * GPU in 16 bits, the cache to `cacheBytesPerToken`.
 *
 * @param model a shape that `checkModel` accepts
 * @returns counts over all layers of a kind; FLOP and bytes for one token
 * @source the same as of those functions
 */
export function modelTensors(model: Model, options: DissectOptions = {}): ModelTensors {
  const { sequence = model.sequence, causal = false, cacheElement = 2 } = options;
  const keeping: Keeping = { ...DEFAULT, ...options };
  // Learned positions keep the rows that they were made with, whatever the sequence that is counted.
  const rows = { positionRows: model.positionRows ?? model.sequence };
  const question = { model: { ...model, ...rows, sequence }, causal, cacheElement, keeping };
  const denseLayers = model.moe ? model.moe.denseLayers : model.layers;
  const ends = keptAtEnds(question.model, keeping);
  const groups = [
    inputGroup(question.model, ends.embedding),
    ...layerGroup(question, denseLayers, false),
    ...layerGroup(question, model.layers - denseLayers, true),
    outputGroup(question.model, ends.output),
  ];
  return { groups, ...sumCosts(groups) };
}
