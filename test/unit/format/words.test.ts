import { expect, test } from 'vitest';
import { lowered } from '#format';

test.each([
  ['Step time', 'step time'],
  ['GPUs', 'GPUs'],
  ['FLOPs counted', 'FLOPs counted'],
  ['A gigabyte is', 'A gigabyte is'],
])('%s stands in a sentence as %s', (label, words) => {
  expect(lowered(label)).toBe(words);
});
