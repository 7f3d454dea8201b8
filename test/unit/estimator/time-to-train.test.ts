import { expect, test } from 'vitest';
import {
  deliveredRate,
  efficiencyForTime,
  flopsForTime,
  gpusForTime,
  hfu,
  mfu,
  parametersForFlops,
  timeToTrain,
  tokensForFlops,
  tokensPerSecondAt,
} from '#estimator';

const machine = { peak: 312e12, gpus: 1024, efficiency: 0.5 };

test('the quotient of FLOPs and delivered FLOP/s is the time', () => {
  expect(deliveredRate(machine)).toBe(1024 * 156e12);
  expect(timeToTrain({ flops: 3.15e23, ...machine })).toBeCloseTo(1_971_905.048, 3);
});

test('goodput stretches the time and nothing else', () => {
  expect(timeToTrain({ flops: 1e20, ...machine, goodput: 0.5 })).toBe(
    2 * timeToTrain({ flops: 1e20, ...machine }),
  );
});

test('each inverse gives back what went in', () => {
  const flops = 3.15e23;
  const time = timeToTrain({ flops, ...machine, goodput: 0.97 });
  expect(gpusForTime({ flops, time, ...machine, goodput: 0.97 })).toBeCloseTo(1024, 9);
  expect(efficiencyForTime({ flops, time, ...machine, goodput: 0.97 })).toBeCloseTo(0.5, 12);
  expect(flopsForTime({ time, ...machine, goodput: 0.97 }) / flops).toBeCloseTo(1, 12);
  expect(gpusForTime({ flops, time: timeToTrain({ flops, ...machine }), ...machine })).toBeCloseTo(1024, 9);
  expect(efficiencyForTime({ flops, time: timeToTrain({ flops, ...machine }), ...machine })).toBeCloseTo(
    0.5,
    12,
  );
});

test('FLOPs buy tokens at a price per token, and parameters at six per token', () => {
  expect(tokensForFlops(3.15e23, 6 * 175e9)).toBe(300e9);
  expect(parametersForFlops(3.15e23, 300e9)).toBe(175e9);
});

test('MFU and HFU divide what was counted by the peak, and the throughput comes back', () => {
  const run = { peak: 312e12, gpus: 1024 };
  const tokensPerSecond = tokensPerSecondAt(0.5, { ...run, flopsPerToken: 1e12 });
  expect(mfu({ modelFlopsPerToken: 1e12, tokensPerSecond, ...run })).toBe(0.5);
  expect(hfu({ hardwareFlopsPerToken: 1.2e12, tokensPerSecond, ...run })).toBeCloseTo(0.6, 12);
});
