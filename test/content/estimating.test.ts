import { expect, test } from 'vitest';
import { formatQuantity } from '#format';
import { resolvePreset } from '#scenario';
import {
  combineFactors,
  constantRateError,
  worstFactor,
} from '../../content/chapters/estimating/error-bars.ts';
import { facts } from '../../content/chapters/estimating/facts.ts';

const talk = resolvePreset('talk');
const shown = (key: keyof typeof facts, digits = 3): string =>
  formatQuantity({ ...facts[key](talk), digits });

test.each([
  ['an H200 at 420 of 1,979 TFLOP/s by the sparse peak (Megatron-LM issue 1565)', 'h200NaiveShare', '21.2%'],
  ['the same by the dense peak, where the thread says 42.45%', 'h200TrueShare', '42.4%'],
  ['731 TFLOP/s on an H100 of the FP8 peak', 'fp8Share', '36.9%'],
  ['the same of the BF16 peak', 'fp8OfBf16', '73.9%'],
  ['NVLink 4 over PCIe 5 by the labels (AIInfraGuide issue 44 says 14)', 'linkNaive', '14.1×'],
  ['the same in one direction', 'linkTrue', '7.03×'],
  ['HFU of the selective 175B run (Korthikanti 2022, Table 5: 52.8%)', 'selectiveHfu', '52.8%'],
  ['MFU of the selective 175B run (Korthikanti 2022, Table 5: 51.4%)', 'selectiveMfu', '51.4%'],
  ['HFU of the fully recomputed 175B run', 'fullHfu', '51.9%'],
  ['140 TFLOP/s as MFU (Narayanan 2021, section 5.1)', 'narayananMfu', '33.7%'],
  ['time of GPT-3 at 140 TFLOP/s (Narayanan 2021 prints 34 days)', 'narayananDays', '33.9 days'],
  ['Llama 3 405B over all GPU-hours of its model card', 'llamaRun', '34.5%'],
  ['16 pipeline stages, 192 micro-batches, over useful time', 'bubbleIdeal', '7.81%'],
  ['the same over all time', 'bubbleTotal', '7.25%'],
  ['exact FLOPs and goodput of the talk’s run', 'daysGoodput', '24.1 days'],
  ['1,024 H100 at 40% on the talk’s run', 'rentDays', '9 days'],
] as const)('%s is stated as printed or worked', (_, key, expected) => {
  expect(shown(key)).toBe(expected);
});

test('DeepSpeed’s 29.01 (issue 4527) is eighteen bytes a parameter, in GiB', () => {
  expect(shown('dsTotalGib', 4)).toBe('29.01 GiB');
});

test('one constant for Narayanan’s ten rates is off by 6.1% on average and 10.5% at worst', () => {
  expect(shown('constantMean', 2)).toBe('6.1%');
  expect(shown('constantWorst')).toBe('10.5%');
  expect(constantRateError([100, 100])).toEqual({ mean: 100, average: 0, worst: 0 });
});

test('independent factors combine to more than the largest and less than their product, whichever way they point', () => {
  const factors = [1.1, 1 / 1.05, 1.03];
  const combined = combineFactors(factors);
  expect(combined).toBeGreaterThan(1.1);
  expect(combined).toBeLessThan(worstFactor(factors));
  expect(worstFactor(factors)).toBeCloseTo(1.1 * 1.05 * 1.03, 12);
  expect(combineFactors([2])).toBeCloseTo(2, 12);
});
