import { describe, expect, test } from 'vitest';
import { gpuById } from '#catalog';
import { layerSeconds } from '../../../src/estimator/step/layer.ts';
import { passTotal } from '../../../src/estimator/step/pass.ts';
import { scopeOf } from '../../../src/estimator/step/scope.ts';
import { training } from '../../unit/estimator/scenarios.ts';
import { gpt } from '../../unit/estimator/shapes.ts';

/** One layer of the 22B model on 8 A100: micro-batch 4, tensor parallelism 8. */
function layerOf(sequenceParallel: boolean) {
  const scenario = training({
    model: gpt(48, 6144, 64),
    microBatch: 4,
    parallelism: { tensorParallel: 8, sequenceParallel },
  });
  const cluster = { ...scenario.cluster, gpu: gpuById('a100-sxm4-80gb') };
  return layerSeconds(scopeOf({ ...scenario, cluster }), 'dense');
}

describe('Korthikanti 2022 (arXiv 2205.05198), Table 4: one layer of 22B, milliseconds (tolerance: 10% a pass, printed to 0.1 ms)', () => {
  test.each([
    ['baseline', false, 7.7, 11.9],
    ['sequence parallelism', true, 7.2, 11.8],
  ] as const)('%s', (_, sequenceParallel, forward, backward) => {
    const layer = layerOf(sequenceParallel);
    expect(Math.abs((1e3 * passTotal(layer.forward)) / forward - 1)).toBeLessThanOrEqual(0.1);
    expect(Math.abs((1e3 * passTotal(layer.backward)) / backward - 1)).toBeLessThanOrEqual(0.1);
  });

  test('selective recomputation adds the scores alone: 1.3 ms to the backward pass (tolerance: 0.5 ms)', () => {
    const { attention } = layerOf(true).forward;
    expect(Math.abs(1e3 * attention - 1.3)).toBeLessThanOrEqual(0.5);
  });

  test('full recomputation adds a forward pass: 7.6 ms (tolerance: 10%)', () => {
    expect(Math.abs((1e3 * passTotal(layerOf(false).forward)) / 7.6 - 1)).toBeLessThanOrEqual(0.1);
  });
});
