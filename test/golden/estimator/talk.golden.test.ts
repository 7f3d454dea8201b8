import { describe, expect, test } from 'vitest';
import {
  eightNd,
  hfu,
  mfu,
  modelFlops,
  modelStateBytes,
  sixNd,
  solveTraining,
  timeToTrain,
  valueOrThrow,
  type TrainingQuestion,
} from '#estimator';
import { DAY, GPT3 } from '../../unit/estimator/shapes.ts';

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

function solve(over: Partial<TrainingQuestion>): number {
  return valueOrThrow(solveTraining({ ...talk, ...over })).value;
}

describe('the 24 days of the talk (Xu 2023), reading by reading (tolerance: the digits printed)', () => {
  test('6ND: 3.15e23 FLOP take 22.8 days', () => {
    expect(sixNd(175e9, 300e9)).toBe(3.15e23);
    expect(solve({}) / DAY).toBeCloseTo(22.8, 1);
  });
  test('the exact count: 3.23e23 FLOP take 23.4 days', () => {
    expect(modelFlops(GPT3, { tokens: 300e9 }).total / 1e23).toBeCloseTo(3.23, 2);
    expect(solve({ count: 'exact' }) / DAY).toBeCloseTo(23.4, 1);
  });
  test('with 97% goodput: 24.1 days', () => {
    expect(solve({ count: 'exact', withGoodput: true }) / DAY).toBeCloseTo(24.1, 1);
  });
  test('exactly 24 days imply 48.7% MFU, 47.5% on 6ND', () => {
    expect(100 * solve({ unknown: 'efficiency', count: 'exact' })).toBeCloseTo(48.7, 1);
    expect(100 * solve({ unknown: 'efficiency' })).toBeCloseTo(47.5, 1);
  });
  test('NVIDIA’s configuration of 75,000 steps: 314.6B tokens, 3.39e23 FLOP, 51.1% MFU in 24 days', () => {
    const tokens = 75_000 * 2048 * 2048;
    expect(tokens / 1e9).toBeCloseTo(314.6, 1);
    expect(modelFlops(GPT3, { tokens }).total / 1e23).toBeCloseTo(3.39, 2);
    expect(100 * solve({ unknown: 'efficiency', count: 'exact', tokens })).toBeCloseTo(51.1, 1);
  });
  test('Narayanan 2021, section 5.1: 8ND at 140 TFLOP/s a GPU takes 33.9 days, 44.9% HFU, 33.7% MFU', () => {
    const flops = eightNd(175e9, 300e9);
    const rate = { peak: 312e12, gpus: 1024 };
    expect(flops).toBe(4.2e23);
    expect(timeToTrain({ flops, ...rate, efficiency: 140 / 312 }) / DAY).toBeCloseTo(33.9, 1);
    const tokensPerSecond = (140e12 * 1024) / (8 * 175e9);
    expect(100 * hfu({ hardwareFlopsPerToken: 8 * 175e9, tokensPerSecond, ...rate })).toBeCloseTo(44.9, 1);
    expect(100 * mfu({ modelFlopsPerToken: 6 * 175e9, tokensPerSecond, ...rate })).toBeCloseTo(33.7, 1);
  });
});

describe('other published runs by the same quotient', () => {
  test('Llama 3 405B: 3.79e25 FLOP in 30.8M H100-hours are 34.5%, tokens and hours from Grattafiori 2024 and its model card (tolerance: 0.1 points)', () => {
    const flops = sixNd(405e9, 15.6e12);
    expect(flops / 1e25).toBeCloseTo(3.79, 2);
    expect(Math.abs((100 * flops) / (30.8e6 * 3600 * 989.4e12) - 34.5)).toBeLessThan(0.1);
  });
  test('DeepSeek-V3: 14.8T tokens in 2.664M H800-hours are 34.6% of BF16 peak, 17.3% of FP8 (tolerance: 0.1 points)', () => {
    const share = sixNd(37e9, 14.8e12) / (2.664e6 * 3600 * 989.4e12);
    expect(100 * share).toBeCloseTo(34.6, 1);
    expect(50 * share).toBeCloseTo(17.3, 1);
  });
});

test('175B at 16, 18 and 20 bytes a parameter: 2.80, 3.15, 3.50 TB, survey chapter 0, exercise 3 (tolerance: none)', () => {
  const terabytes = (['mixed-16', 'mixed-18', 'mixed-20'] as const).map(
    (id) => modelStateBytes(175e9, id).total / 1e12,
  );
  expect(terabytes).toEqual([2.8, 3.15, 3.5]);
});

test('GPT-3, 12Lh² parameters on 8-way tensor and pipeline parallelism at 18 bytes: 45.5625 GiB, Korthikanti 2022, figure 1 (tolerance: none)', () => {
  expect(modelStateBytes(12 * 96 * 12_288 ** 2, 'mixed-18').total / 64 / 2 ** 30).toBe(45.5625);
});
