import { expect, test } from 'vitest';
import type { PlanningQuestion } from '#estimator';
import { checkPlanning } from '../../../../src/estimator/planner/check-question.ts';
import { A800, LLAMA3_8B } from '../shapes.ts';

const question: PlanningQuestion = {
  model: LLAMA3_8B,
  cluster: {
    gpu: A800,
    gpus: 8,
    gpusPerNode: 8,
    nvlinkDomain: 8,
    networkBandwidth: 25e9,
    pcieBandwidth: 32e9,
  },
  precision: 'bf16',
  globalBatch: 16,
  framework: 'megatron-core',
};
const issues = (over: object) => checkPlanning({ ...question, ...over });

test('a sound question has no issues, with or without choices and limits', () => {
  expect(issues({})).toEqual([]);
  const choices = {
    tensorParallel: [1, 8],
    sequenceParallel: [true, false],
    zeroStage: [3],
    recompute: ['full'],
  };
  expect(issues({ choices, limits: { microBatch: 4, pipelineParallel: undefined }, best: 1000 })).toEqual([]);
});

test.each([undefined, null, 3, 'plan'])('%j is no question', (nothing) => {
  expect(checkPlanning(nothing as unknown as PlanningQuestion)).toEqual([
    { code: 'missing', path: 'question', message: 'A question is needed.' },
  ]);
});

test('every issue says in words what would be right', () => {
  expect(issues({ choices: { colour: ['red'] } })).toEqual([
    { code: 'unknown-choice', path: 'colour', message: 'A plan does not choose colour.' },
  ]);
  expect(issues({ choices: { zeroStage: [] } })).toEqual([
    { code: 'missing', path: 'zeroStage', message: 'zeroStage needs a list of values to try, or none.' },
  ]);
  expect(issues({ choices: { sequenceParallel: [1, true, null] } })).toEqual(
    [1, 2].map(() => ({
      code: 'unknown-choice',
      path: 'sequenceParallel',
      message: 'sequenceParallel must be true or false.',
    })),
  );
  expect(issues({ limits: { recompute: 1 } })).toEqual([
    { code: 'unknown-choice', path: 'recompute', message: 'recompute has no largest value.' },
  ]);
  expect(issues({ choices: 7 })).toEqual([
    { code: 'missing', path: 'choices', message: 'choices and limits are groups of values.' },
  ]);
  expect(issues({ best: 2.4 })).toMatchObject([{ code: 'not-an-integer', path: 'best', limit: 2 }]);
  expect(issues({ best: 1001 })).toMatchObject([{ code: 'too-large', path: 'best', limit: 1000 }]);
});

test('everything wrong with choices and limits is said at once', () => {
  expect(
    issues({ best: 0, choices: { microBatch: [0], zeroStage: [7] }, limits: { tensorParallel: 0.5 } }).map(
      ({ path }) => path,
    ),
  ).toEqual(['best', 'microBatch', 'zeroStage', 'tensorParallel']);
});

test('attention that the question leaves open is no issue, a word in its place is one', () => {
  expect(issues({ fusedAttention: undefined })).toEqual([]);
  expect(issues({ fusedAttention: false })).toEqual([]);
  expect(issues({ fusedAttention: 'yes' })).toMatchObject([{ path: 'fusedAttention' }]);
});
