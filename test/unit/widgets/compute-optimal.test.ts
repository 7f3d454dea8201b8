import { expect, test } from 'vitest';
import { SCALING_LAWS, SECONDS_PER_DAY } from '#estimator';
import { NAMED, trained } from '../../../src/widgets/compute-optimal/models.ts';
import { computeOptimalSpec } from '../../../src/widgets/compute-optimal/spec.ts';
import { shownOf } from '../../../src/widgets/compute-optimal/view.ts';
import { answered, answerOf, sentenceOf } from '../../helpers/views.ts';

test('says what the refit would train for GPT-3’s budget, and how far the laws are apart', () => {
  expect(sentenceOf(answerOf(computeOptimalSpec).view)).toMatch(
    /^For 3\.15.×.10²³ FLOP, Besiroglu 2024, approach 3 refitted would train 53B parameters on 990B tokens, 18\.7 for each\. The laws choose between 30\.6B and 312B\.$/,
  );
});

test('says where it was fitted, what its N is, and what GPT-3 is by it', () => {
  const note = (patch: Parameters<typeof answerOf>[1]) => answerOf(computeOptimalSpec, patch).view.note;
  expect(note({})).toMatch(/this one is 10\.4 times outside\. GPT-3’s 175B .* a loss of 2\.009 .* 1\.992\.$/);
  expect(note({ kLaw: 'kaplan' })).toMatch(/Its N leaves the embeddings out\. .* does not judge a split\.$/);
  expect(note({ kLaw: 'hoffmann-1' })).toMatch(/It has no formula for the loss\.$/);
  expect(note({ kBudget: 1e21 })).toMatch(/^Models of this size/);
  expect(note({ kBudget: 1e17 })).toMatch(/times outside/);
});

test('a budget in GPU-days is the seconds times the peak times the efficiency', () => {
  const { view, scenario } = answerOf(computeOptimalSpec, { kBudgetIn: 'gpu-days' });
  const { peak, efficiency } = scenario.execution;
  expect(view.flops).toBeCloseTo(24 * 1024 * SECONDS_PER_DAY * peak * efficiency, -10);
  expect(computeOptimalSpec.hides?.(scenario.values)).toEqual(['kBudget']);
  expect(computeOptimalSpec.hides?.(answerOf(computeOptimalSpec).scenario.values)).toContain('kGpuDays');
});

test('every law spends the whole budget, whatever is asked', () => {
  for (const patch of [{}, ...answered(computeOptimalSpec, 60)]) {
    const { view } = answerOf(computeOptimalSpec, patch);
    expect(view.lines.map(({ law }) => law)).toEqual(SCALING_LAWS);
    for (const { answer } of view.lines)
      expect((6 * answer.parameters * answer.tokens) / view.flops).toBeCloseTo(1, 9);
    expect(view.equations[0]?.id).toBe(`optimal-size-${view.chosen}`);
  }
});

test('models stand at 6ND of what a token meets, and the named ones are there', () => {
  for (const { parameters, tokens, flops } of trained)
    expect(flops).toBeCloseTo(6 * parameters * tokens, -15);
  const names = new Set(trained.map(({ name }) => name));
  for (const name of NAMED) expect(names).toContain(name);
  const deepseek = trained.find(({ name }) => name === 'DeepSeek-V3');
  expect(deepseek?.experts).toBe(true);
  expect(deepseek!.parameters).toBeLessThan(40e9);
});

test('the side of the chart is size, tokens, or their ratio', () => {
  const at = { parameters: 2, tokens: 40 };
  expect([shownOf('parameters', at), shownOf('tokens', at), shownOf('ratio', at)]).toEqual([2, 40, 20]);
});
