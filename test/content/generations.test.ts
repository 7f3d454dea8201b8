import { expect, test } from 'vitest';
import { formatQuantity } from '#format';
import { resolvePreset } from '#scenario';
import { facts } from '../../content/chapters/generations/facts.ts';
import type { Fact } from '../../content/chapters/generations/facts/shared.ts';

const talk = resolvePreset('talk');
function shown(key: keyof typeof facts, digits = 3): string {
  const fact: Fact = facts[key];
  return formatQuantity({ ...fact(talk), digits });
}

test.each([
  ['the ridge of A100 (survey: 153)', 'ridgeA100', '153 FLOP/byte'],
  ['the ridge of H100 (survey: 295)', 'ridgeH100', '295 FLOP/byte'],
  ['the ridge of H200 (survey: 206)', 'ridgeH200', '206 FLOP/byte'],
  ['the ridge of B200 at a rounded 8 TB/s (survey: 281)', 'ridgeB200Rounded', '281 FLOP/byte'],
  ['the ridge of B200 at 7.7 TB/s', 'ridgeB200', '292 FLOP/byte'],
  ['64 x 4,096 x 8,192 in FP16 moves 69 MB (survey)', 'smallBytes', '68.7 MB'],
  ['the same at 8 TB/s (survey: 8.6 µs)', 'smallLeastRounded', '8.59 µs'],
  ['V100 from SMs, clock and Tensor Cores (whitepaper: 125)', 'v100FromParts', '125 TFLOP/s'],
  ['A100 from its parts (whitepaper: 312)', 'a100FromParts', '312 TFLOP/s'],
  ['H100 from its parts (whitepaper: 989.4)', 'h100FromParts', '989 TFLOP/s'],
  ['T4 from its parts (data sheet: 65)', 't4FromParts', '65.1 TFLOP/s'],
  ['NVIDIA’s four factors (dally2023: 1,000x)', 'publishedProduct', '1,000'],
  ['K20X to H100 with sparsity, NVIDIA’s 1,000x', 'total', '1,000×'],
  ['the work of an SM in a clock, P100 to H100, width taken out', 'p100Instructions', '16×'],
] as const)('%s is stated as printed or worked', (_, key, expected) => {
  expect(shown(key)).toBe(expected);
});

test('memory grew by what is sold on both sides, 80 GB over 6 GB', () => {
  expect(shown('memoryTotal')).toBe('13.3×');
});

test('the four factors that the text gives for the data sheets make its total', () => {
  const { partFormat, partInstructions, partSms, partClock, total } = facts;
  const product = [partFormat, partInstructions, partSms, partClock].reduce(
    (so, part) => so * part().value,
    2,
  );
  expect(product / total().value).toBeCloseTo(1, 9);
});
