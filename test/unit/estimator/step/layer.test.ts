import { describe, expect, test } from 'vitest';
import { addAttention } from '../../../../src/estimator/step/attention.ts';
import { STEP } from '../../../../src/estimator/step/constants.ts';
import { addActivation, addNormsAndResiduals } from '../../../../src/estimator/step/elementwise.ts';
import { addExperts } from '../../../../src/estimator/step/experts.ts';
import { addContextParallel, addTensorParallel } from '../../../../src/estimator/step/layer-communication.ts';
import { layerSeconds } from '../../../../src/estimator/step/layer.ts';
import { addLinear } from '../../../../src/estimator/step/linear.ts';
import { passTotal } from '../../../../src/estimator/step/pass.ts';
import type { Scope } from '../../../../src/estimator/step/scope.ts';
import { LLAMA3_8B, MIXTRAL } from '../shapes.ts';
import { added, scopeWith, small } from './made.ts';

const quick = { issueLayer: 0 };
const split = { tensorParallel: 4, contextParallel: 2 };
const llama = { ...LLAMA3_8B, sequence: 2048 };

/** A layer put together by hand from its parts. */
const byHand = (scope: Scope, blocks: number, mlp: (passes: ReturnType<typeof added>) => void) =>
  added((passes) => {
    addNormsAndResiduals(passes, scope);
    addAttention(passes, scope);
    mlp(passes);
    addTensorParallel(passes, scope, blocks);
    addContextParallel(passes, scope);
  });

describe('a layer', () => {
  test.each([
    ['gated', llama, 2],
    ['plain', { ...llama, gatedMlp: false }, 1],
  ] as const)('with a %s MLP is norms, attention, two matrix products and an activation', (_, model, up) => {
    const scope = scopeWith(quick, small({ model, parallelism: split }));
    const { machine, rules, tokens } = scope;
    const width = 14_336 / 4;
    expect(layerSeconds(scope, 'dense')).toEqual(
      byHand(scope, 2, (passes) => {
        addLinear(passes, tokens, 4096, up * width, machine, rules);
        addActivation(passes, tokens, width, scope);
        addLinear(passes, tokens, width, 4096, machine, rules);
      }),
    );
  });

  test('of experts has one split block: attention', () => {
    const scope = scopeWith(
      quick,
      small({ model: { ...MIXTRAL, sequence: 2048 }, parallelism: split, dp: 8 }),
    );
    const made = byHand(scope, 1, (passes) => addExperts(passes, scope));
    const forward = { ...made.forward, launch: STEP.routingWait };
    expect(layerSeconds(scope, 'experts')).toEqual({ ...made, forward });
  });

  test('in a graph of the whole iteration waits neither for kernels nor for the counts of experts', () => {
    const model = { ...MIXTRAL, sequence: 2048 };
    const launches = (wholeGraph: boolean, kind: 'dense' | 'experts') => {
      const scope = scopeWith({ issueLayer: 1, waitsForHost: !wholeGraph }, small({ model }));
      const { forward, backward } = layerSeconds(scope, kind);
      return [forward.launch, backward.launch];
    };
    expect(launches(true, 'experts')).toEqual([0, 0]);
    expect(launches(true, 'dense')).toEqual([0, 0]);
    expect(Math.min(...launches(false, 'dense'))).toBeGreaterThan(0);
  });

  test('that keeps up with the host waits for nothing', () => {
    const { forward, backward } = layerSeconds(scopeWith(quick), 'dense');
    expect(forward.launch + backward.launch).toBe(0);
  });

  test('of short kernels takes as long as the host needs to issue it, backward less', () => {
    const scope = scopeWith({ issueLayer: 1, issueByTensor: 0 });
    const { forward, backward } = layerSeconds(scope, 'dense');
    expect(passTotal(forward)).toBeCloseTo(1, 12);
    expect(passTotal(backward)).toBeCloseTo(STEP.issueBackward, 12);
    expect(forward.launch).toBeGreaterThan(0.9);
  });

  test('is issued more slowly by each tensor-parallel rank, once there are stages, where a family is like that', () => {
    const issued = (pipelineParallel: number, tensorParallel: number) => {
      const scenario = small({ parallelism: { pipelineParallel, tensorParallel } });
      return passTotal(
        layerSeconds(scopeWith({ issueLayer: 1, issueByTensor: 0.5 }, scenario), 'dense').forward,
      );
    };
    expect(issued(1, 4)).toBeCloseTo(1, 12);
    expect(issued(2, 1)).toBeCloseTo(1, 12);
    expect(issued(2, 4)).toBeCloseTo(2.5, 12);
  });

  test('has a weight gradient of its own that is part of the backward pass', () => {
    const { backward, weightGradient } = layerSeconds(scopeWith(quick), 'dense');
    expect(weightGradient).toBeGreaterThan(0);
    expect(weightGradient).toBeLessThan(backward.gemm + backward.memoryBound);
  });
});
