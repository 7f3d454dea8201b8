import { describe, expect, test } from 'vitest';
import type { FrameworkRules, Model } from '#estimator';
import { STEP } from '../../../../src/estimator/step/constants.ts';
import {
  addActivation,
  addNormsAndResiduals,
  addQueryKeyWork,
} from '../../../../src/estimator/step/elementwise.ts';
import type { LayerPasses } from '../../../../src/estimator/step/linear.ts';
import type { Scope } from '../../../../src/estimator/step/scope.ts';
import { LLAMA3_8B } from '../shapes.ts';
import { added, scopeWith, small, SMALL } from './made.ts';

type Rules = Partial<FrameworkRules>;
const llama: Model = { ...LLAMA3_8B, sequence: 1024 };

/** Reads and writes of each of `elements`, in kernels of which each costs its gap. */
function movesOf(elements: number, kernels: number, { machine }: Scope, { forward, backward }: LayerPasses) {
  const moves = (seconds: number) =>
    Number(
      (((seconds - kernels * STEP.kernelGap) * machine.streaming) / machine.element / elements).toFixed(6),
    );
  return [moves(forward.memoryBound), moves(backward.memoryBound)];
}

describe('norms and residual sums', () => {
  const moves = (scope: Scope, kernels: number) => {
    const elements = scope.sliceTokens * scope.model.hidden;
    return movesOf(
      elements,
      kernels,
      scope,
      added((passes) => addNormsAndResiduals(passes, scope)),
    );
  };
  const dropout = (rules: Rules) => scopeWith(rules, small());
  const plain = (rules: Rules) => scopeWith(rules, small({ model: llama }));

  // Two norms and two residual sums a layer: 2 x (norm + residual).
  test.each<[string, Scope, number, number, number]>([
    [
      'two reads and writes a norm, 3.5 a residual sum with dropout',
      dropout({ elementwise: 'fused' }),
      2,
      11,
      17,
    ],
    ['without dropout 3 a residual sum', plain({ elementwise: 'fused' }), 2, 10, 12],
    ['compiled without dropout 2', plain({ elementwise: 'compiled' }), 2, 8, 10],
    [
      'one kernel after the other, dropout writes its mask and reads again',
      dropout({ elementwise: 'eager' }),
      4,
      19,
      25,
    ],
    ['an RMSNorm in one kernel is one, eager or not', plain({ elementwise: 'eager' }), 2, 10, 12],
    ['an RMSNorm written out is six kernels', plain({ elementwise: 'fused', fusedNorm: false }), 7, 42, 82],
    [
      'PyTorch’s LayerNorm reads twice backward',
      dropout({ elementwise: 'fused', fusedNorm: false }),
      2,
      11,
      21,
    ],
  ])('%s', (_, scope, kernels, forward, backward) => {
    expect(moves(scope, kernels)).toEqual([forward, backward]);
  });

  test('count the norms that a layer has', () => {
    const four = scopeWith({ elementwise: 'fused' }, small({ model: { ...llama, normsPerLayer: 4 } }));
    expect(moves(four, 2)).toEqual([4 * 2 + 6, 4 * 3 + 6]);
  });

  test('are split along the sequence with sequence parallelism', () => {
    const of = (sequenceParallel: boolean) => {
      const scope = scopeWith({}, small({ parallelism: { tensorParallel: 4, sequenceParallel } }));
      const passes = added((into) => addNormsAndResiduals(into, scope));
      return passes.forward.memoryBound - 2 * STEP.kernelGap;
    };
    expect(of(false)).toBeCloseTo(4 * of(true), 12);
  });
});

describe('work on queries and keys', () => {
  const moves = (model: Model, rules: Rules, kernels: number, layout = false) => {
    const scope = scopeWith(rules, small({ model }));
    return movesOf(
      scope.tokens * 512,
      kernels,
      scope,
      added((passes) => addQueryKeyWork(passes, 512, scope, layout)),
    );
  };

  test('is none with learned positions and a kernel that takes any layout', () => {
    expect(moves(SMALL, {}, 0)).toEqual([0, 0]);
  });

  test('rotary positions are one kernel, or five one after the other', () => {
    expect(moves(llama, { elementwise: 'fused' }, 1)).toEqual([2, 2]);
    expect(moves(llama, { elementwise: 'eager' }, 5)).toEqual([8, 8]);
  });

  test('norms of queries and keys are RMSNorms', () => {
    const normed = { ...SMALL, qkNorm: true };
    expect(moves(normed, { elementwise: 'fused' }, 1)).toEqual([2, 3]);
    expect(moves(normed, { fusedNorm: false }, 6)).toEqual([18, 38]);
  });

  test('separate products want a transposing copy', () => {
    expect(moves(SMALL, {}, 1, true)).toEqual([2, 2]);
  });
});

describe('activations', () => {
  const moves = (model: Model, rules: Rules, kernels = 1) => {
    const scope = scopeWith(rules, small({ model }));
    return movesOf(
      100 * 4096,
      kernels,
      scope,
      added((passes) => addActivation(passes, 100, 4096, scope)),
    );
  };

  test('GELU reads and writes once, backward it reads the gradient too', () => {
    expect(moves(SMALL, { elementwise: 'fused' })).toEqual([2, 3]);
    expect(moves(SMALL, { elementwise: 'eager' })).toEqual([2, 3]);
  });

  test('SwiGLU has two inputs, and is two kernels one after the other', () => {
    expect(moves(llama, { elementwise: 'fused' })).toEqual([3, 5]);
    expect(moves(llama, { elementwise: 'eager' }, 2)).toEqual([5, 8]);
  });
});
