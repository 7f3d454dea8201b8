import type { Model } from '../types.ts';
import { FLOP_PER_WEIGHT, tensor, vector, work } from './cost.ts';
import { normWeights } from './norms.ts';
import type { Tensor } from './types.ts';

/** The table of input embeddings: rows that are looked up, which is no multiplication. */
export const tokenTable = ({ vocab, hidden }: Model): Tensor => vector('embedding', 'tokens', vocab * hidden);

/** Learned positions; nothing for rotary ones. */
export const positionTable = ({ positions, positionRows, sequence, hidden }: Model): Tensor =>
  vector('positions', 'positions', positions === 'learned' ? (positionRows ?? sequence) * hidden : 0);

/** Normalisations outside the layers: behind the embedding, where there is one, and behind the last layer. */
export const embeddingNorm = (model: Model): Tensor =>
  vector('embedding-norm', 'norm', model.embeddingNorm ? normWeights(model) : 0);
export const lastNorm = (model: Model): Tensor => vector('last-norm', 'last norm', normWeights(model));

/** The output matrix and its bias. A table that is shared with the input works here and is held there. */
export const outputTensors = ({ hidden, vocab, tiedEmbeddings, outputBias }: Model): Tensor[] => [
  tensor('logits', tiedEmbeddings ? 'logits, by the shared table' : 'logits', {
    parameters: tiedEmbeddings ? 0 : vocab * hidden,
    ...work(FLOP_PER_WEIGHT * hidden * vocab),
  }),
  vector('output-bias', 'biases', outputBias ? vocab : 0),
];
