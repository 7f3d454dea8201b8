import { expect, test } from 'vitest';
import { equations, evaluate, trainingStep } from '#estimator';
import { questionOf } from '../../../src/widgets/network-waste/question.ts';
import { networkWasteSpec } from '../../../src/widgets/network-waste/spec.ts';
import { at, halfLost, UNLIMITED, wasteAt } from '../../../src/widgets/network-waste/waste.ts';
import { viewOf } from '../../../src/widgets/frame/useCell.ts';
import { answered, answerOf, sentenceOf } from '../../helpers/views.ts';

const near = (a: number, b: number): boolean => Math.abs(a - b) < 1e-9;

test('on HDR the running example loses a few points to its network, on 10 Gb/s half of the step', () => {
  const { view } = answerOf(networkWasteSpec);
  expect(view.now.waited).toBeGreaterThan(0.04);
  expect(view.now.waited).toBeLessThan(0.08);
  const slow = answerOf(networkWasteSpec, { linkRate: 1.25e9 }).view;
  expect(slow.now.waited).toBeCloseTo(0.48, 1);
  expect(sentenceOf(view)).toContain('25 GB/s');
});

test('parts sum to the step, and more bandwidth never waits longer', () => {
  for (const patch of [{}, ...answered(networkWasteSpec, 60)]) {
    const { points } = answerOf(networkWasteSpec, patch).view;
    for (const p of points) expect(near(p.work + p.node + p.layers + p.sends + p.replicas, 1)).toBe(true);
    for (const [i, p] of points.slice(1).entries())
      expect(p.waited).toBeLessThanOrEqual(points[i]!.waited + 1e-9);
  }
});

test('the MFU is that of the predicted step, and that of the formula', () => {
  for (const patch of [{}, ...answered(networkWasteSpec, 20)]) {
    const { scenario } = answerOf(networkWasteSpec, patch);
    const question = questionOf(scenario);
    if (!question.ok) throw new Error('It had an answer.');
    const step = trainingStep(question.value.scenario);
    const ideal = trainingStep(at(question.value.scenario, UNLIMITED));
    if (!step.ok || !ideal.ok) throw new Error('It had an answer.');
    const bandwidth = question.value.scenario.cluster.networkBandwidth;
    const { work } = wasteAt(question.value.scenario, bandwidth, ideal.value);
    expect(near(work, step.value.mfu)).toBe(true);
    const values = {
      idealEfficiency: ideal.value.mfu,
      idealStepSeconds: ideal.value.seconds,
      stepSeconds: step.value.seconds,
    };
    expect(near(evaluate(equations.networkMfu, values), step.value.mfu)).toBe(true);
  }
});

test('a split that does not divide is replaced by the nearest that does, and said so', () => {
  const { view } = answerOf(networkWasteSpec, { model: 'llama3-8b', stepPipeline: '16', stepChunks: '12' });
  expect(view.note).toContain('does not divide');
});

test('tensor parallelism beyond the node waits in every layer', () => {
  const { view } = answerOf(networkWasteSpec, { stepTensor: '16', linkRate: 1.25e9 });
  expect(view.now.layers).toBeGreaterThan(0.2);
  expect(view.note).toContain('wider than a node');
});

test('without a shape there is no step', () => {
  const outcome = viewOf(networkWasteSpec, 'talk', { model: 'custom' });
  expect(outcome.ok).toBe(false);
});

test('the bandwidth of half the step lies between the points around it, or nowhere', () => {
  const point = (bandwidth: number, waited: number) => ({
    ...{ bandwidth, waited, seconds: 1, work: 0, node: 0, layers: 0, sends: 0, replicas: 0 },
  });
  expect(halfLost([point(1, 0.75), point(4, 0.25)])).toBeCloseTo(2, 12);
  expect(halfLost([point(1, 0.25), point(4, 0.2)])).toBeNull();
  expect(halfLost([point(1, 0.9), point(4, 0.8)])).toBeNull();
});
