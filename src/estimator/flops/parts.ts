import type { Flop } from '../units.ts';

/** Work of the matrix multiplications of one pass, by part. FLOP. Norms, softmax and biases are not counted. */
export interface FlopParts {
  /** Queries, keys, values and output. */
  readonly attentionProjections: Flop;
  /** Query times key, and weights times value. */
  readonly attentionScores: Flop;
  readonly mlp: Flop;
  /** Routed experts that are visited. */
  readonly experts: Flop;
  readonly sharedExperts: Flop;
  readonly router: Flop;
  /** Hidden state times output matrix. */
  readonly logits: Flop;
}

/** Every part times a factor. */
export const scaleParts = (parts: FlopParts, factor: number): FlopParts => ({
  attentionProjections: parts.attentionProjections * factor,
  attentionScores: parts.attentionScores * factor,
  mlp: parts.mlp * factor,
  experts: parts.experts * factor,
  sharedExperts: parts.sharedExperts * factor,
  router: parts.router * factor,
  logits: parts.logits * factor,
});

/** FLOP of all parts together. */
export const sumParts = (parts: FlopParts): Flop =>
  parts.attentionProjections +
  parts.attentionScores +
  parts.mlp +
  parts.experts +
  parts.sharedExperts +
  parts.router +
  parts.logits;
