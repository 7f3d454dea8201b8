import { describe, expect, test } from 'vitest';
import { collectiveSeconds } from '#estimator';
import { STEP } from '../../../../src/estimator/step/constants.ts';
import { stepCosts } from '../../../../src/estimator/step/costs.ts';
import { bubbleSeconds, pipelineSendSeconds } from '../../../../src/estimator/step/pipeline.ts';
import { scopeWith, small } from './made.ts';

/** Seconds of a stage and micro-batch: forward, gradient of the input, gradient of the weights. */
const [F, B, W] = [1, 1, 1];
const P = 4;
const bubble = (schedule: Parameters<typeof bubbleSeconds>[0], chunks = 1, weight = W) =>
  bubbleSeconds(schedule, (P - 1) * (F + B + W), P, chunks, F, B + W, weight);

describe('the bubble', () => {
  test('is none on one stage', () => {
    for (const schedule of ['gpipe', '1f1b', 'interleaved', 'zb-h1', 'zb-h2', 'zb-v', 'dualpipe'] as const)
      expect(bubbleSeconds(schedule, 9, 1, 1, F, B + W, W)).toBe(0);
  });

  test('of GPipe and 1F1B is (p - 1)(F + B + W): Huang 2018, Narayanan 2021', () => {
    expect(bubble('gpipe')).toBe(9);
    expect(bubble('1f1b')).toBe(9);
  });

  test('of the interleaved schedule is that over the chunks: Narayanan 2021, section 2.2', () => {
    expect(bubble('interleaved', 2)).toBe(4.5);
    expect(bubble('interleaved', 3)).toBe(3);
  });

  test('of ZB-H1 is (p - 1)(F + B - W): Qi 2023, table 2', () => {
    expect(bubble('zb-h1')).toBe(3);
    expect(bubble('zb-h1', 1, 0.5)).toBe(9 - 3);
  });

  test('of ZB-H2 is (p - 1)(F + B - 2W): Qi 2023, table 2; ZB-V’s the same', () => {
    expect(bubble('zb-h2')).toBe(0);
    expect(bubble('zb-v')).toBe(0);
    expect(bubble('zb-h2', 1, 0.5)).toBe(9 - 4.5);
    expect(bubble('zb-v', 1, 0.5)).toBe(9 - 4.5);
  });

  test('of DualPipe is (p/2 - 1)(F&B + B - 3W): DeepSeek-V3 2024, table 2', () => {
    // Overlapped, a forward and a backward chunk take F + (B + W) together.
    expect(bubbleSeconds('dualpipe', 0, 8, 1, F, B + W, 0.5)).toBe(3 * (F + 2 * (B + W) - 1.5));
    expect(bubbleSeconds('dualpipe', 0, 2, 1, F, B + W, 0.5)).toBe(0);
  });

  test('is never negative, however long weight gradients are', () => {
    for (const schedule of ['zb-h1', 'zb-h2', 'zb-v', 'dualpipe'] as const)
      expect(bubble(schedule, 1, 100)).toBe(0);
  });
});

describe('sending between stages', () => {
  const of = (pipelineOverlap: boolean, parallelism = {}, dp = 1) =>
    stepCosts(
      scopeWith({ pipelineOverlap }, small({ parallelism: { pipelineParallel: 4, ...parallelism }, dp })),
    );
  const hopOf = (costs: ReturnType<typeof of>, near: number) =>
    collectiveSeconds('send-receive', costs.sent, 2, near, costs.scope.machine.wires);

  test('is none on one stage', () => {
    expect(pipelineSendSeconds(of(false), 1, 1, 8)).toBe(0);
  });

  test('is waited for twice a micro-batch, and along the pipeline at either end', () => {
    const costs = of(false);
    expect(pipelineSendSeconds(costs, 4, 1, 8)).toBeCloseTo(2 * (8 + 3) * hopOf(costs, 2), 14);
  });

  test('is v times as often with chunks, where nothing hides it', () => {
    const costs = of(false);
    expect(pipelineSendSeconds(costs, 4, 2, 8)).toBeCloseTo(2 * (16 + 3) * hopOf(costs, 2), 14);
  });

  test('hides under another chunk’s work, but for the contention', () => {
    const costs = of(true);
    expect(pipelineSendSeconds(costs, 4, 2, 8)).toBeCloseTo(
      2 * (16 * STEP.contention + 3) * hopOf(costs, 2),
      14,
    );
    expect(pipelineSendSeconds(costs, 4, 1, 8)).toBe(pipelineSendSeconds(of(false), 4, 1, 8));
  });

  test('goes over the network once a stage fills a server', () => {
    const costs = of(false, { tensorParallel: 8 });
    expect(pipelineSendSeconds(costs, 4, 1, 8)).toBeCloseTo(2 * 11 * hopOf(costs, 1), 14);
    expect(hopOf(costs, 1)).toBeGreaterThan(hopOf(costs, 2));
    const spread = of(false, {}, 8);
    expect(pipelineSendSeconds(spread, 4, 1, 8)).toBeCloseTo(2 * 11 * hopOf(spread, 1), 14);
  });
});
