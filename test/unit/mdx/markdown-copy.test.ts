import { expect, test } from 'vitest';
import { resolvePreset } from '#scenario';
import { withNumbers } from '../../../src/mdx/markdown-copy.ts';

const talk = resolvePreset('talk');

test('the copy of a chapter has the numbers of the page, in the digits of the sentence', () => {
  expect(withNumbers('It takes <Num of="sixNdDays" />.', 'training-time', talk)).toBe('It takes 22.8 days.');
  expect(withNumbers('Or <Num\nof="sixNdDays" digits={2} />,', 'training-time', talk)).toBe('Or 23 days,');
});

test('everything else stays as it was written', () => {
  const text = '<Cite id="brown2020" /> says $x$ and <Given cite="brown2020">300B</Given>.';
  expect(withNumbers(text, 'training-time', talk)).toBe(text);
});

test('an unknown number throws', () => {
  expect(() => withNumbers('<Num of="nope" />', 'training-time', talk)).toThrow('has no such number');
});
