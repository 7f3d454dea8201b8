import { expect, test } from 'vitest';
import { csv, flatten } from '#catalog/csv.ts';

test('nested values get dotted names, lists are left out', () => {
  expect(flatten({ id: 'a', peak: { fp16: 1, fp8: null }, notes: ['x'] })).toEqual({
    id: 'a',
    'peak.fp16': 1,
    'peak.fp8': null,
  });
});

test('every field of any record is a column; commas, quotes and lines are quoted', () => {
  const text = csv([
    { id: 'a', name: 'one, "two"' },
    { id: 'b', extra: true },
  ]);
  expect(text).toBe('id,name,extra\r\na,"one, ""two""",\r\nb,,true\r\n');
});
