import { describe, expect, test } from 'vitest';
import { hardwareFlops, modelFlops, trainingStep, valueOrThrow, type TrainingScenario } from '#estimator';
import { STEP } from '../../../../src/estimator/step/constants.ts';
import { recomputedShare } from '../../../../src/estimator/step/recomputed-share.ts';
import { training } from '../scenarios.ts';
import { GPT3 } from '../shapes.ts';

const split = { tensorParallel: 8, pipelineParallel: 8, virtualPipeline: 1 };
const run = (over: Partial<TrainingScenario> = {}): TrainingScenario => ({
  ...training({ model: GPT3, framework: 'megatron-core', dp: 1, passes: 8, parallelism: split }),
  ...over,
});

describe('HFU counts what the step runs again', () => {
  const times = (over: Partial<TrainingScenario>): number => {
    const { hfu, mfu, hardwareFlops: executed, modelFlops: useful } = valueOrThrow(trainingStep(run(over)));
    expect(hfu / mfu).toBeCloseTo(executed / useful, 12);
    return executed / useful;
  };

  test('the whole forward pass but the logits, or the layers of a stage that are recomputed', () => {
    const full = { recompute: 'full' } as const;
    const { total } = hardwareFlops(GPT3, full);
    const useful = modelFlops(GPT3).total;
    expect(times(full)).toBeCloseTo(total / useful, 12);
    expect(times({ ...full, recomputeLayers: 0 })).toBe(1);
    expect(times({ ...full, recomputeLayers: 3 }) - 1).toBeCloseTo((total / useful - 1) / 4, 12);
    expect(times({ ...full, recomputeLayers: 99 })).toBe(times(full));
    expect(times({ recompute: 'none' })).toBe(1);
  });

  test('the scores, unless the kernel never kept them', () => {
    const selective = { recompute: 'selective' } as const;
    expect(times({ ...selective, fusedAttention: true })).toBe(1);
    const { forward } = modelFlops(GPT3);
    expect(times({ ...selective, fusedAttention: false }) - 1).toBeCloseTo(
      forward.attentionScores / modelFlops(GPT3).total,
      12,
    );
  });

  test('a share of everything where every second matrix product is kept', () => {
    const share = recomputedShare(run({ framework: 'fsdp', recompute: 'selective' }));
    expect(share).toEqual({ products: STEP.selectiveShare, scores: STEP.selectiveShare });
  });
});
