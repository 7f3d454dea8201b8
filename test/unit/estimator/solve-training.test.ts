import { expect, test } from 'vitest';
import { solveTraining, valueOrThrow, type TrainingAnswer, type TrainingQuestion } from '#estimator';
import { DAY, GPT3 } from './shapes.ts';

const talk: TrainingQuestion = {
  unknown: 'time',
  parameters: 175e9,
  shape: GPT3,
  tokens: 300e9,
  peak: 312e12,
  gpus: 1024,
  efficiency: 0.5,
  goodput: 0.97,
  time: 24 * DAY,
};

function solved(over: Partial<TrainingQuestion>): TrainingAnswer {
  return valueOrThrow(solveTraining({ ...talk, ...over }));
}

function issues(over: object) {
  const outcome = solveTraining({ ...talk, ...over });
  return outcome.ok ? [] : outcome.issues;
}

test('the answer carries the complete, consistent set of quantities', () => {
  const answer = solved({ unknown: 'tokens' });
  expect(answer).toMatchObject({ parameters: 175e9, gpus: 1024, efficiency: 0.5, time: 24 * DAY });
  expect(answer.tokens).toBe(answer.value);
  expect(answer.seconds.sixNd).toBeCloseTo(24 * DAY, 5);
});

test('the parts beyond 6ND sum to the difference of the two counts', () => {
  const { fuller, flops } = solved({});
  const { attentionScores, logits, weights } = fuller!.extra;
  expect((attentionScores + logits + weights) / (fuller!.flops - flops)).toBeCloseTo(1, 9);
  expect(weights).toBeLessThan(0);
});

test('the unknown is solved in the count and with the goodput that are asked for', () => {
  const days = (over: Partial<TrainingQuestion>) => solved(over).value / DAY;
  expect(days({})).toBeCloseTo(22.823, 3);
  expect(days({ withGoodput: true })).toBeCloseTo(23.529, 3);
  expect(days({ count: 'exact' })).toBeCloseTo(23.398, 3);
  expect(days({ count: 'exact-causal', withGoodput: true })).toBeCloseTo(23.797, 3);
  expect(days({ withGoodput: true, goodput: null })).toBeCloseTo(22.823, 3);
});

test('the three readings do not depend on the count that is solved with, only on its efficiency', () => {
  const { seconds } = solved({ count: 'exact', withGoodput: true });
  expect(seconds).toEqual(solved({}).seconds);
});

test('with 6ND the fuller count is in full, or causal when asked', () => {
  expect(solved({}).fuller?.convention).toBe('exact');
  expect(solved({ attention: 'causal' }).fuller?.convention).toBe('exact-causal');
  expect(solved({ count: 'exact', attention: 'causal' }).fuller?.convention).toBe('exact');
});

test('a longer sequence costs more attention', () => {
  const extra = (sequence: number) => solved({ sequence }).fuller!.extra.attentionScores;
  expect(extra(4096)).toBe(2 * extra(2048));
});

test('GPUs come as a fraction and rounded up, and a whole answer is not rounded away', () => {
  expect(solved({ unknown: 'gpus' })).toMatchObject({ wholeGpus: 974 });
  const time = solved({}).value;
  expect(solved({ unknown: 'gpus', time }).wholeGpus).toBe(1024);
  expect(solved({ unknown: 'gpus', time: 1e14 }).wholeGpus).toBe(1);
  expect(solved({}).wholeGpus).toBeNull();
});

test('GPU-seconds and energy are those of the answer’s own time', () => {
  const answer = solved({ power: 400 });
  expect(answer.gpuSeconds).toBe(1024 * answer.time);
  expect(answer.energy).toBe(400 * 1024 * answer.time);
  expect(solved({}).energy).toBeNull();
});

test('without a shape only 6ND is counted, and a note says so', () => {
  const answer = solved({ shape: null, count: 'exact' });
  expect(answer.count).toBe('6nd');
  expect(answer.fuller).toBeNull();
  expect(answer.seconds.fuller).toBeNull();
  expect(answer.seconds.withGoodput).toBeCloseTo(answer.seconds.sixNd / 0.97, 3);
  expect(answer.notes).toMatchObject([{ code: 'shape-unknown', path: 'model' }]);
  expect(solved({}).notes).toEqual([]);
});

test('a size that is asked for is solved by 6ND, since it has no shape yet', () => {
  const answer = solved({ unknown: 'parameters', count: 'exact' });
  expect(answer.count).toBe('6nd');
  expect(answer.value).toBeCloseTo(184.025e9, -8);
});

test('the field of the unknown may hold anything', () => {
  expect(issues({ unknown: 'time', time: NaN })).toEqual([]);
  expect(issues({ unknown: 'gpus', gpus: -3 })).toEqual([]);
});

test('impossible input names its field and the limit', () => {
  expect(issues({ gpus: 1.5 })).toMatchObject([{ path: 'gpus', code: 'not-an-integer', limit: 2 }]);
  expect(issues({ efficiency: 1.2 })).toMatchObject([{ path: 'efficiency', code: 'too-large', limit: 1 }]);
  expect(issues({ goodput: 0 })).toMatchObject([{ path: 'goodput', code: 'too-small' }]);
  expect(issues({ tokens: null })).toMatchObject([{ path: 'tokens', code: 'missing' }]);
  expect(issues({ peak: Infinity })).toMatchObject([{ path: 'peak', code: 'not-a-number' }]);
  expect(issues({ sequence: 0.5 })).toMatchObject([{ path: 'sequence', code: 'too-small' }]);
  expect(issues({ shape: { ...GPT3, heads: 7 } })).toMatchObject([{ path: 'shape.kvHeads' }]);
  expect(issues({ unknown: 'money' })).toMatchObject([{ path: 'unknown', code: 'unknown-choice' }]);
  expect(issues({ count: '7nd' })).toMatchObject([{ path: 'count' }]);
  expect(issues({ attention: 'half' })).toMatchObject([{ path: 'attention' }]);
});

test('faults are reported together', () => {
  expect(issues({ gpus: 0, tokens: -1, efficiency: 2 }).map((i) => i.path)).toEqual([
    'tokens',
    'gpus',
    'efficiency',
  ]);
});

test('a deadline that needs more than the peak is out of reach, and says by how much', () => {
  const [issue] = issues({ unknown: 'efficiency', time: 5 * DAY });
  expect(issue).toMatchObject({ code: 'out-of-reach', path: 'efficiency', limit: 1 });
  expect(issue?.message).toContain('2.3 times the peak');
});

test('an answer beyond what its field can hold is out of reach', () => {
  expect(issues({ unknown: 'tokens', time: 1e-6, gpus: 1, peak: 1 })).toMatchObject([
    { code: 'out-of-reach', path: 'tokens', limit: 1 },
  ]);
  expect(issues({ unknown: 'gpus', time: 1e-6 })).toMatchObject([{ code: 'out-of-reach', path: 'gpus' }]);
});
