import { expect, test } from 'vitest';
import { crowdedAt, type PlacedName } from '../../../src/charts/crowded.ts';

const name = (left: number, top: number, text: string, more: Partial<PlacedName> = {}): PlacedName => ({
  left,
  top,
  text,
  end: false,
  strong: false,
  ...more,
});
const textsOf = (width: number, names: readonly PlacedName[]): string[] =>
  [...crowdedAt(width, names)].map(({ text }) => text);

test('of two names on one another the second gives way, and only where they meet', () => {
  const two = [name(0.5, 100, 'GB200'), name(0.55, 104, 'GB300')];
  expect(textsOf(270, two)).toEqual(['GB300']);
  expect(textsOf(1000, two)).toEqual([]);
  expect(textsOf(270, [two[0]!, name(0.55, 112, 'GB300')])).toEqual([]);
});

test('a strong name stays, wherever it stands in the list', () => {
  const names = [name(0.5, 100, 'first'), name(0.5, 100, 'chosen', { strong: true })];
  expect(textsOf(270, names)).toEqual(['first']);
  expect(textsOf(270, [{ ...names[0]!, strong: true }, names[1]!])).toEqual([]);
});

test('a name that gave way takes no room from the next', () => {
  const row = [name(0.1, 50, 'aaaaaa'), name(0.2, 50, 'bbbbbb'), name(0.3, 50, 'cccccc')];
  expect(textsOf(300, row)).toEqual(['bbbbbb']);
});

test('a name on the left of its mark takes the room there', () => {
  const mark = name(0.9, 50, 'Rubin', { end: true });
  expect(textsOf(300, [mark, name(0.72, 50, 'GB300')])).toEqual(['GB300']);
  expect(textsOf(300, [mark, name(0.95, 50, 'GB300')])).toEqual([]);
});
