import { describe, expect, test } from 'vitest';
import { collectiveSeconds, type CollectiveOp, type FrameworkRules } from '#estimator';
import { keyValueBytes } from '../../../../src/estimator/step/attention.ts';
import { addContextParallel, addTensorParallel } from '../../../../src/estimator/step/layer-communication.ts';
import { exposed } from '../../../../src/estimator/step/overlap.ts';
import type { Scope } from '../../../../src/estimator/step/scope.ts';
import { noPasses, scopeWith, small } from './made.ts';

type Overlap = FrameworkRules['tensorOverlap'];
const BYTES = 1024 * 2048 * 2;

const scopeOf = (tensorOverlap: Overlap, sequenceParallel = false, tensorSumsFp32 = false) =>
  scopeWith(
    { tensorOverlap, tensorSumsFp32 },
    small({ parallelism: { tensorParallel: 4, sequenceParallel } }),
  );

/** Two passes with work in them that can hide communication. */
function working(gemm: number, weightGradient = 0, attention = 0) {
  const passes = noPasses();
  passes.forward.gemm = gemm;
  passes.backward.gemm = gemm;
  passes.forward.attention = attention;
  passes.backward.attention = 2 * attention;
  passes.weightGradient = weightGradient;
  return passes;
}

function tensor(scope: Scope, blocks = 2, passes = working(0)) {
  addTensorParallel(passes, scope, blocks);
  return passes;
}

const one = (scope: Scope, op: CollectiveOp, bytes = BYTES) =>
  collectiveSeconds(op, bytes, 4, 4, scope.machine.wires);

describe('tensor parallelism', () => {
  test('of one rank costs nothing', () => {
    const { forward, backward } = tensor(scopeWith({ tensorOverlap: 'none' }));
    expect(forward.tensorParallel + backward.tensorParallel + forward.memoryBound).toBe(0);
  });

  test('sums activations behind each block, forward and backward', () => {
    const scope = scopeOf('none');
    for (const blocks of [1, 2]) {
      const { forward, backward } = tensor(scope, blocks);
      expect(forward.tensorParallel).toBeCloseTo(blocks * one(scope, 'all-reduce'), 15);
      expect(backward.tensorParallel).toBeCloseTo(blocks * one(scope, 'all-reduce'), 15);
    }
  });

  test('with sequence parallelism gathers and scatters, and backward gathers the saved input again', () => {
    const scope = scopeOf('none', true);
    const { forward, backward } = tensor(scope);
    const [gather, scatter] = [one(scope, 'all-gather'), one(scope, 'reduce-scatter')];
    expect(forward.tensorParallel).toBeCloseTo(2 * (gather + scatter), 15);
    expect(backward.tensorParallel).toBeCloseTo(2 * (2 * gather + scatter), 15);
  });

  test('hidden under weight gradients waits for row-parallel sums', () => {
    const scope = scopeOf('backward', true);
    const [gather, scatter] = [2 * one(scope, 'all-gather'), 2 * one(scope, 'reduce-scatter')];
    const sums = gather + scatter;
    const { forward, backward } = tensor(scope, 2, working(1, 1));
    expect(forward.tensorParallel).toBeCloseTo(sums, 15);
    expect(backward.tensorParallel).toBeCloseTo(sums / 2 + exposed(sums / 2 + gather, 1), 15);
  });

  test('in chunks hides under matrix products of both passes but for the first chunk', () => {
    const scope = scopeOf('chunked', true);
    const sums = 2 * (one(scope, 'all-gather') + one(scope, 'reduce-scatter'));
    const again = 2 * one(scope, 'all-gather');
    const { forward, backward } = tensor(scope, 2, working(sums / 3));
    expect(forward.tensorParallel).toBeCloseTo(exposed(sums, sums / 3, 1 / 4), 15);
    expect(backward.tensorParallel).toBeCloseTo(exposed(sums + again, sums / 3, 1 / 4), 15);
    const hidden = tensor(scope, 2, working(1));
    expect(hidden.forward.tensorParallel).toBeCloseTo(exposed(sums, 1, 1 / 4), 15);
    expect(hidden.forward.tensorParallel).toBeGreaterThanOrEqual(sums / 4);
  });

  test('more overlap never waits longer', () => {
    const waits = (['none', 'backward', 'chunked'] as const).map((overlap) => {
      const { forward, backward } = tensor(scopeOf(overlap, true), 2, working(1e-3, 5e-4));
      return forward.tensorParallel + backward.tensorParallel;
    });
    expect(waits).toEqual([...waits].sort((a, b) => b - a));
    expect(new Set(waits).size).toBe(3);
  });

  test('summed in FP32 sends twice the bytes and converts them: 12 bytes an element moved', () => {
    const scope = scopeOf('none', false, true);
    const { forward, backward } = tensor(scope);
    expect(forward.tensorParallel).toBeCloseTo(2 * one(scope, 'all-reduce', 2 * BYTES), 15);
    const trip = (2 * 1024 * 2048 * 12) / scope.machine.streaming;
    expect(forward.memoryBound).toBeCloseTo(trip, 15);
    expect(backward.memoryBound).toBeCloseTo(trip, 15);
  });

  test('is summed in FP32 only from BF16, and never split along the sequence', () => {
    const sequence = scopeOf('none', true, true);
    expect(tensor(sequence)).toEqual(tensor(scopeOf('none', true)));
    const half = scopeWith(
      { tensorOverlap: 'none', tensorSumsFp32: true },
      small({ precision: 'fp16', parallelism: { tensorParallel: 4 } }),
    );
    expect(tensor(half).forward.memoryBound).toBe(0);
    expect(tensor(half).forward.tensorParallel).toBeCloseTo(2 * one(half, 'all-reduce'), 15);
  });
});

describe('context parallelism', () => {
  const scopeAt = (contextParallel: number, tensorParallel = 1) =>
    scopeWith({}, small({ parallelism: { contextParallel, tensorParallel } }));
  const context = (scope: Scope, attention: number) => {
    const passes = working(0, 0, attention);
    addContextParallel(passes, scope);
    return passes;
  };
  const hop = (scope: Scope, near: number) =>
    collectiveSeconds('send-receive', keyValueBytes(scope), 2, near, scope.machine.wires);

  test('of one rank costs nothing', () => {
    const { forward, backward } = context(scopeAt(1), 1);
    expect(forward.contextParallel + backward.contextParallel).toBe(0);
  });

  test('passes keys and values on so often as there are other ranks; backward their gradients with them', () => {
    const scope = scopeAt(4);
    const { forward, backward } = context(scope, 0);
    expect(forward.contextParallel).toBeCloseTo(3 * hop(scope, 2), 15);
    expect(backward.contextParallel).toBeCloseTo(6 * hop(scope, 2), 15);
  });

  test('goes over the network as soon as the ring leaves the server', () => {
    const scope = scopeAt(4, 8);
    expect(context(scope, 0).forward.contextParallel).toBeCloseTo(3 * hop(scope, 1), 15);
    expect(hop(scope, 1)).toBeGreaterThan(hop(scope, 2));
  });

  test('hides under the attention on keys that have come: (c - 1)/c of it', () => {
    const scope = scopeAt(4);
    const ring = 3 * hop(scope, 2);
    const { forward, backward } = context(scope, ring / 2);
    expect(forward.contextParallel).toBeCloseTo(exposed(ring, (0.75 * ring) / 2), 15);
    expect(backward.contextParallel).toBeCloseTo(exposed(2 * ring, 0.75 * ring), 15);
  });
});
