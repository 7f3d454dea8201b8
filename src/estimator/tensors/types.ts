import type { Bytes, Flop } from '../units.ts';

/** What one entry of a model holds and costs. FLOP and bytes are for one token; counts are over all its layers. */
export interface Cost {
  /** Weights, biases and norms. */
  readonly parameters: number;
  /** Matrix multiplications of one token's forward pass. */
  readonly forward: Flop;
  /** The same of its backward pass. */
  readonly backward: Flop;
  /** What training keeps of one token until the backward pass. */
  readonly activations: Bytes;
  /** What serving keeps of one token until its sequence ends. */
  readonly cache: Bytes;
}

export type Metric = keyof Cost;

/** Something with a name and a cost: a weight matrix, a product without weights, a tensor that is kept. */
export interface Tensor extends Cost {
  readonly id: string;
  readonly name: string;
  /** Inputs and outputs of a matrix, in one layer; other tensors have none. */
  readonly sides?: readonly [inputs: number, outputs: number];
}

/** What a part of a layer is, by what it does. */
export type PartKind = 'table' | 'attention' | 'scores' | 'mlp' | 'experts' | 'norms';

export interface Part extends Cost {
  readonly id: string;
  readonly name: string;
  readonly kind: PartKind;
  readonly tensors: readonly Tensor[];
}

/** A part of the model from its input to its output: the tables before the layers, the layers of a kind, the output. */
export interface Group extends Cost {
  readonly id: 'input' | 'dense' | 'moe' | 'output';
  readonly name: string;
  /** Layers of this kind; 0 for the two ends. */
  readonly layers: number;
  readonly parts: readonly Part[];
}

export interface ModelTensors extends Cost {
  readonly groups: readonly Group[];
}
