import { expect, test } from 'vitest';
import { factsOf, stateNumber } from '../../../src/mdx/facts.ts';
import { resolvePreset } from '../../../src/scenario/index.ts';

const talk = resolvePreset('talk');
const pages = ['estimating', 'training-time'];

test.each(pages)('every number that facts.ts of %s offers is finite and readable', (page) => {
  const keys = Object.keys(factsOf(page));
  expect(keys).not.toEqual([]);
  for (const key of keys) {
    const { quantity, text } = stateNumber(page, key, talk);
    expect(Number.isFinite(quantity.value), key).toBe(true);
    expect(text, key).not.toMatch(/NaN|undefined|Infinity/);
  }
});

test('an unknown number throws and lists those there are', () => {
  expect(() => stateNumber('training-time', 'nope', talk)).toThrow(
    /facts\.ts of "training-time" has no such number. There are: \w+, /,
  );
  expect(() => stateNumber('training-time', 'toString', talk)).toThrow('has no such number');
  expect(() => stateNumber('no-page', 'days', talk)).toThrow('There are: none.');
});

test('a sentence may ask for fewer digits than the fact has', () => {
  const full = stateNumber('training-time', 'sixNdDays', talk).text;
  expect(full).toBe('22.8 days');
  expect(stateNumber('training-time', 'sixNdDays', talk, 2).text).toBe('23 days');
});
