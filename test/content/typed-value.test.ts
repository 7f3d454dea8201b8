import { expect, test } from 'vitest';
import { valueOf } from './typed-value.ts';

test.each([
  ['24 days', 24 * 86_400],
  ['24-day', 24 * 86_400],
  ['50%', 0.5],
  ['300 billion', 300e9],
  ['300B', 300e9],
  ['312 TFLOP/s', 312e12],
  ['1,024 GPUs', 1024],
  ['128 nodes', 128],
  ['80 GB', 80e9],
  ['80 GiB', 80 * 2 ** 30],
  ['200 Gb/s', 25e9],
  ['900 GB/s', 900e9],
  ['13.75 s', 13.75],
  ['86,400 s', 86_400],
])('%s is %d', (text, expected) => {
  expect(valueOf(text)).toBeCloseTo(expected, 6);
});

test('what it cannot read is not a number', () => {
  expect(valueOf('many days')).toBeNaN();
  expect(valueOf('5 furlongs')).toBeNaN();
});
