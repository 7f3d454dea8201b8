import { describe, expect, test } from 'vitest';
import type { Parallelism } from '#estimator';
import {
  expertContradictions,
  splitContradictions,
  stageContradictions,
} from '../../../../src/estimator/training/contradictions.ts';
import { divisorsOf } from '../../../../src/estimator/training/nearest.ts';
import { training } from '../scenarios.ts';
import { gpt, MIXTRAL } from '../shapes.ts';

const model = gpt(24, 1024, 16, { sequence: 1024 });

describe('what a contradiction offers', () => {
  const stageCandidates = (over: Partial<Parallelism>, layers = 24) => {
    const [first] = stageContradictions(
      training({ model: { ...model, layers }, framework: 'megatron-2021', parallelism: over }),
    );
    return [first!.path, new Set(first!.candidates())] as const;
  };

  test('for stages: what divides the chunks of the layers, with an end or both, and its neighbours', () => {
    const [path, candidates] = stageCandidates({ pipelineParallel: 10, virtualPipeline: 2 });
    expect(path).toBe('pipelineParallel');
    // 24 / 2 = 12 and 26 / 2 = 13; one chunk each; one stage more or fewer.
    for (const stages of [1, 2, 3, 4, 6, 12, 13, 9, 11]) expect(candidates).toContain(stages);
  });

  test('for chunks: what divides a stage’s layers, with an end or both', () => {
    const [path, candidates] = stageCandidates({ pipelineParallel: 4, virtualPipeline: 5 });
    expect(path).toBe('virtualPipeline');
    for (const chunks of [1, 2, 3, 6]) expect(candidates).toContain(chunks);
    // Of 22 layers four stages have six each with an end at both sides, or five and a rest.
    const [, withEnds] = stageCandidates({ pipelineParallel: 4, virtualPipeline: 7 }, 22);
    expect([...withEnds].sort()).toEqual([1, 2, 3, 5, 6]);
  });

  test('for GPUs: the multiples of a model replica around them, and those that a batch divides into', () => {
    const { cluster } = training({ model });
    const [gpus] = splitContradictions(
      { cluster: { ...cluster, gpus: 100 }, globalBatch: 12, microBatch: 2 },
      16,
    );
    expect(gpus!.path).toBe('gpus');
    expect(gpus!.rule).toBe('gpus must be a multiple of tensor x pipeline x context parallelism (16)');
    expect([...gpus!.candidates()].sort((a, b) => a - b)).toEqual([16, 32, 48, 96, 96, 112]);
  });

  test('for experts: the divisors of their number, or of their width, and the ranks that they go over', () => {
    const { moe } = MIXTRAL;
    const of = (expertParallel: number, expertTensorParallel: number, ranks: number) =>
      expertContradictions(MIXTRAL, { expertParallel, expertTensorParallel }, ranks).map(
        ({ path, rule, candidates }) => [path, rule, candidates()],
      );
    const byWidth = divisorsOf(moe!.expertFfn);
    expect(of(3, 1, 8)).toEqual([
      ['expertParallel', 'expertParallel must divide the 8 experts evenly', [1, 2, 4, 8]],
    ]);
    expect(of(1, 5, 8)).toEqual([
      [
        'expertTensorParallel',
        'expertTensorParallel must divide the 14336 rows of an expert evenly',
        byWidth,
      ],
    ]);
    expect(of(1, 16, 8)).toEqual([
      ['expertTensorParallel', 'expertTensorParallel must divide the 8 ranks of a stage evenly', byWidth],
    ]);
    expect(of(8, 2, 8)).toEqual([
      [
        'expertParallel',
        'expertParallel must divide the 4 ranks of a stage (data x context x tensor / expertTensorParallel) evenly',
        [1, 2, 4, 8],
      ],
    ]);
    expect(of(4, 2, 8)).toEqual([]);
  });
});
