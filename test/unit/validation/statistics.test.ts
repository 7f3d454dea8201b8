import { expect, test } from 'vitest';
import { baselineErrors, bestConstants } from '#validation/baseline.ts';
import { feasibilityOf } from '#validation/feasibility.ts';
import { halfOf } from '#validation/halves.ts';
import { rankingOf } from '#validation/ranking.ts';
import { groupBy, median, quantile, summarise, summariseBy } from '#validation/statistics.ts';

test('a quantile lies between its neighbours as the share does', () => {
  expect(median([3, 1, 2])).toBe(2);
  expect(median([4, 1, 2, 3])).toBe(2.5);
  expect(quantile([10, 20, 30, 40, 50], 0.9)).toBeCloseTo(46, 12);
  expect([quantile([5], 0), quantile([5], 0.9), quantile([5], 1)]).toEqual([5, 5, 5]);
  expect(quantile([], 0.5)).toBeNull();
});

test('a summary is of absolute errors', () => {
  expect(summarise([-0.1, 0.2, -0.3, 0.4])).toEqual({
    count: 4,
    median: 0.25,
    mean: 0.25,
    p90: expect.closeTo(0.37, 12) as number,
    worst: 0.4,
  });
  expect(summarise([])).toBeNull();
});

test('groups keep the order of their items, summaries are in the order of their names', () => {
  const items = [
    { error: 0.1, key: 'b' },
    { error: -0.2, key: 'a' },
    { error: 0.3, key: 'b' },
  ];
  expect([...groupBy(items, ({ key }) => key).keys()]).toEqual(['b', 'a']);
  const summaries = summariseBy(items, ({ key }) => key);
  expect(Object.entries(summaries).map(([key, { count, worst }]) => [key, count, worst])).toEqual([
    ['a', 1, 0.2],
    ['b', 2, 0.3],
  ]);
});

test('balanced accuracy is half right for a guess, however unequal the kinds', () => {
  const cases = (fitted: boolean, predictions: readonly boolean[]) =>
    predictions.map((predictedFits) => ({ fitted, predictedFits }));
  const alwaysFits = [...cases(true, Array<boolean>(99).fill(true)), ...cases(false, [true])];
  expect(feasibilityOf(alwaysFits).balancedAccuracy).toBe(0.5);
  expect(
    feasibilityOf([...cases(true, [true, false]), ...cases(false, [false, false, false, true])]),
  ).toEqual({
    fitted: 2,
    outOfMemory: 4,
    rightOfFitted: 0.5,
    rightOfOutOfMemory: 0.75,
    balancedAccuracy: 0.625,
  });
  expect(feasibilityOf(cases(true, [true])).balancedAccuracy).toBeNull();
});

test('the ranking asks how good the plan is that is predicted best', () => {
  const plans = (question: string, pairs: readonly (readonly [number, number])[]) =>
    pairs.map(([measured, predicted]) => ({ question, measured, predicted }));
  const right = plans('a', [
    [100, 5],
    [95, 9],
    [50, 1],
  ]);
  const wrong = plans('b', [
    [100, 5],
    [40, 9],
    [50, 1],
  ]);
  const noChoice = plans('c', [
    [100, 1],
    [1, 2],
  ]);
  const { questions, nearBest, meanLoss } = rankingOf([...right, ...wrong, ...noChoice]);
  expect([questions, nearBest]).toEqual([2, 0.5]);
  expect(meanLoss).toBeCloseTo((0.05 + 0.6) / 2, 12);
  expect(rankingOf([])).toEqual({ questions: 0, nearBest: null, meanLoss: null });
});

test('predicting all plans alike is no ranking: the worst of them counts', () => {
  const plans = [100, 20, 90].map((measured) => ({ question: 'a', measured, predicted: 1 }));
  expect(rankingOf(plans)).toEqual({ questions: 1, nearBest: 0, meanLoss: 0.8 });
});

test('the best constant has the least mean absolute error in time', () => {
  const runs = [0.2, 0.4, 0.42, 0.5].map((mfu) => ({ key: 'A100 bf16', mfu }));
  const constants = bestConstants(runs);
  const cost = (constant: number): number =>
    baselineErrors(runs, new Map([['A100 bf16', constant]])).reduce((sum, e) => sum + Math.abs(e), 0);
  const best = constants.get('A100 bf16') ?? NaN;
  for (let other = 0.15; other < 0.6; other += 0.001)
    expect(cost(best)).toBeLessThanOrEqual(cost(other) + 1e-12);
  expect(baselineErrors([{ key: 'A100 bf16', mfu: best }], constants)).toEqual([0]);
  expect(baselineErrors([{ key: 'H100 fp8', mfu: 0.3 }], constants)).toEqual([]);
});

test('a run is always in the same half, and the halves are about equal', () => {
  expect([halfOf('aleph-13b-2048'), halfOf('aleph-13b-2049'), halfOf('')]).toMatchInlineSnapshot(`
    [
      "fit",
      "held-out",
      "held-out",
    ]
  `);
  const ids = Array.from({ length: 2000 }, (_, i) => `megatron-table-1-row-${i}`);
  const fit = ids.filter((id) => halfOf(id) === 'fit').length;
  expect(Math.abs(fit - 1000)).toBeLessThan(100);
});
