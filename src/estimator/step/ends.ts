import { gemmSeconds } from '../kernels/gemm.ts';
import { groupSeconds } from '../network/collective.ts';
import { emptyPass, type PassSeconds } from './pass.ts';
import type { Scope } from './scope.ts';

/** Reads and writes of a hidden state around the embedding: looked up, dropped out, and the gradient added to the table. */
const EMBEDDING_MOVES = 4;

/** What the two ends of the model cost one micro-batch, both passes together. */
export interface EndSeconds {
  /** Looking up tokens, on the first stage. */
  readonly embedding: PassSeconds;
  /** Logits, loss and their gradients, on the last stage. */
  readonly head: PassSeconds;
}

/** Embedding and logits, the vocabulary split between tensor-parallel ranks; both stay in 16 bits. */
export function endSeconds(scope: Scope): EndSeconds {
  const { model, machine, rules, tokens, tensorParallel, tensor } = scope;
  const { gpu, wideFormat, wideJoules, element, streaming, wires } = machine;
  const vocab = model.vocab / tensorParallel;
  const gemm = (m: number, n: number, k: number): number =>
    gemmSeconds(m, n, k, wideFormat, gpu, 1, wideJoules);
  const sum = groupSeconds('all-reduce', tokens * model.hidden * element, tensor, wires);
  const embedding = emptyPass();
  embedding.memoryBound = (EMBEDDING_MOVES * scope.sliceTokens * model.hidden * element) / streaming;
  embedding.tensorParallel = 2 * sum;
  const head = emptyPass();
  head.gemm =
    gemm(tokens, vocab, model.hidden) + gemm(tokens, model.hidden, vocab) + gemm(vocab, model.hidden, tokens);
  head.memoryBound = (tokens * vocab * rules.lossBytes) / streaming;
  head.tensorParallel = 2 * sum;
  return { embedding, head };
}
