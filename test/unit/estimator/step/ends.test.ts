import { describe, expect, test } from 'vitest';
import { collectiveSeconds, gemmSeconds } from '#estimator';
import { endSeconds } from '../../../../src/estimator/step/ends.ts';
import { passTotal } from '../../../../src/estimator/step/pass.ts';
import { onHopper, scopeWith, small } from './made.ts';

const TOKENS = 1024;
const HIDDEN = 2048;
const VOCAB = 32_000;

describe('the embedding', () => {
  test('moves a hidden state four times', () => {
    const scope = scopeWith({});
    const { embedding } = endSeconds(scope);
    expect(embedding.memoryBound).toBeCloseTo((4 * TOKENS * HIDDEN * 2) / scope.machine.streaming, 15);
    expect(passTotal(embedding)).toBe(embedding.memoryBound);
  });

  test('is summed over tensor-parallel ranks in both passes, its dropout on the slice of each', () => {
    const scope = scopeWith({}, small({ parallelism: { tensorParallel: 4, sequenceParallel: true } }));
    const { embedding } = endSeconds(scope);
    const sum = collectiveSeconds('all-reduce', TOKENS * HIDDEN * 2, 4, 4, scope.machine.wires);
    expect(embedding.tensorParallel).toBeCloseTo(2 * sum, 15);
    expect(embedding.memoryBound).toBeCloseTo((TOKENS * HIDDEN * 2) / scope.machine.streaming, 15);
  });
});

describe('the head', () => {
  test('is three matrix products with the vocabulary, and the loss over all logits', () => {
    const scope = scopeWith({ lossBytes: 20 });
    const { head } = endSeconds(scope);
    const { gpu, wideJoules, streaming } = scope.machine;
    const gemm = (m: number, n: number, k: number) => gemmSeconds(m, n, k, 'bf16', gpu, 1, wideJoules);
    expect(head.gemm).toBeCloseTo(
      gemm(TOKENS, VOCAB, HIDDEN) + gemm(TOKENS, HIDDEN, VOCAB) + gemm(VOCAB, HIDDEN, TOKENS),
      15,
    );
    expect(head.memoryBound).toBeCloseTo((20 * TOKENS * VOCAB) / streaming, 15);
    expect(head.tensorParallel).toBe(0);
  });

  test('is split over tensor-parallel ranks, which sum twice', () => {
    const scope = scopeWith({ lossBytes: 20 }, small({ parallelism: { tensorParallel: 8 } }));
    const { head, embedding } = endSeconds(scope);
    expect(head.memoryBound).toBeCloseTo((20 * TOKENS * VOCAB) / 8 / scope.machine.streaming, 15);
    expect(head.tensorParallel).toBe(embedding.tensorParallel);
    expect(head.tensorParallel).toBeGreaterThan(0);
    expect(head.gemm).toBeLessThan(endSeconds(scopeWith({})).head.gemm / 4);
  });

  test('stays in 16 bits when layers are multiplied in 8', () => {
    const gemm = (precision: 'bf16' | 'fp8') => endSeconds(scopeWith({}, onHopper({ precision }))).head.gemm;
    expect(gemm('fp8')).toBe(gemm('bf16'));
  });
});
