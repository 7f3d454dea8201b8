import { expect, test } from 'vitest';
import { stripSources } from '#catalog/values.ts';

test('facts become their values at any depth, everything else stays', () => {
  const record = {
    id: 'x',
    year: { value: 2020, source: 'brown2020', where: 'Table 2.1' },
    peak: { fp16: { value: 312e12, source: ['a', 'b'], where: 'page 36', confirmed: false as const } },
    mla: { queryRank: { value: null, source: 'a', where: 'b' } },
    notes: ['kept'],
  };
  expect(stripSources(record)).toEqual({
    id: 'x',
    year: 2020,
    peak: { fp16: 312e12 },
    mla: { queryRank: null },
    notes: ['kept'],
  });
});

test('an object that only looks like a fact is kept', () => {
  expect(stripSources({ a: { value: 1, source: 'x' } })).toEqual({ a: { value: 1, source: 'x' } });
});
