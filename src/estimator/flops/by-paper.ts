import { countParameters } from '../parameters.ts';
import type { Model, SourceRef } from '../types.ts';
import type { Flop } from '../units.ts';
import { forwardFlopsPerToken } from './forward.ts';
import { megatronFlops } from './megatron.ts';
import { BACKWARD_PER_FORWARD } from '../tensors/cost.ts';
import { sumParts } from './parts.ts';
import { sixNd } from './six-nd.ts';

/** One paper's count of a token's training FLOPs. */
export interface PaperCount {
  readonly id: 'kaplan' | 'kaplan-context' | 'hoffmann' | 'chowdhery' | 'korthikanti';
  /** What it takes in and leaves out, in a few words. */
  readonly counts: string;
  /** FLOP of one token, forward and backward. */
  readonly flops: Flop;
  readonly source: SourceRef;
}

const TRAINING = 1 + BACKWARD_PER_FORWARD;

/** Operations that Hoffmann charges for the softmax of one score. */
const SOFTMAX = 3;

/**
 * One token of one model as the papers that people cite would count it. None counts recomputation.
 *
 * Kaplan's 6N leaves out embeddings, logits and scores; its table has a term for scores that is half of the full one.
 * Hoffmann adds the embedding as if it were multiplied, and the softmax. Chowdhery takes all parameters and all scores.
 * Korthikanti's closed form is for plain GPTs and is applied to other shapes as it stands.
 *
 * @param model a shape that `checkModel` accepts
 * @returns FLOP, a row a paper
 * @source Kaplan 2020, table 1 and section 2.1; Hoffmann 2022, appendix F; Chowdhery 2022, appendix B; Korthikanti 2022,
 *   equation 7
 */
export function flopsByPaper(model: Model, sequence: number = model.sequence): readonly PaperCount[] {
  const { layers, hidden, heads, vocab } = model;
  const forward = forwardFlopsPerToken(model, sequence, false);
  const { attentionScores, logits } = forward;
  const all = sumParts(forward);
  const matrices = all - attentionScores - logits;
  const table = 2 * vocab * hidden;
  return [
    {
      id: 'kaplan',
      counts: '6N without embeddings; no scores, no logits',
      flops: TRAINING * matrices,
      source: { key: 'kaplan2020', where: 'section 2.1' },
    },
    {
      id: 'kaplan-context',
      counts: 'the same and half of the scores',
      flops: TRAINING * (matrices + attentionScores / 2),
      source: { key: 'kaplan2020', where: 'table 1' },
    },
    {
      id: 'korthikanti',
      counts: 'all matrices, all scores, logits',
      flops: megatronFlops({ layers, hidden, sequence, vocab }),
      source: { key: 'korthikanti2022', where: 'equation 7' },
    },
    {
      id: 'hoffmann',
      counts: 'the same, the embedding as a product, and the softmax',
      flops: TRAINING * (all + table + SOFTMAX * layers * heads * sequence),
      source: { key: 'hoffmann2022', where: 'appendix F' },
    },
    {
      id: 'chowdhery',
      counts: '6N of all parameters, and all scores',
      flops: sixNd(countParameters(model).active, 1) + TRAINING * attentionScores,
      source: { key: 'chowdhery2022', where: 'appendix B' },
    },
  ];
}
