import { describe, expect, test } from 'vitest';
import { csvOf } from '../../../src/widgets/frame/export.ts';
import type { Table, TableCell, WidgetSpec } from '../../../src/widgets/frame/types.ts';
import { widgets } from '../../../src/widgets/registry.ts';
import { answerOf } from '../../helpers/views.ts';

const csvOfCell = (cell: TableCell): string | undefined => {
  const table: Table = { caption: '', columns: [{ label: 'a' }], rows: [[cell]] };
  return csvOf(table, 's', 'l').split('\n').slice(3).join('\n').replace(/\n$/, '');
};

test('a table is saved with what it says and where it came from, units in its head, and raw values', () => {
  const table: Table = {
    caption: 'Not in the file',
    columns: [{ label: 'Reading' }, { label: 'Time', unit: 's' }],
    rows: [
      ['6ND', { value: 1_971_905.048, unit: 's' }],
      ['none', ''],
    ],
  };
  expect(csvOf(table, 'In 22.8 days, all told.', 'https://example.org/?v=1&n=2048')).toBe(
    [
      '# In 22.8 days, all told.',
      '# https://example.org/?v=1&n=2048',
      'Reading,Time (s)',
      '6ND,1971905.048',
      'none,',
      '',
    ].join('\n'),
  );
});

describe('a cell of the file', () => {
  test.each<[string, TableCell, string]>([
    ['with a comma', 'attention, logits', '"attention, logits"'],
    ['with quotes', 'called “exact", twice "over"', '"called “exact"", twice ""over"""'],
    ['with a line break', 'a\nb', '"a\nb"'],
    ['with a number far from one', { value: 3.15e23, unit: 'FLOP' }, '3.15e+23'],
    ['with a negative number', { value: -5, unit: 's' }, '-5'],
  ])('%s is read back as it was', (_, cell, text) => {
    expect(csvOfCell(cell)).toBe(text);
  });

  test.each(['=1+1', '+1', '-1', '@SUM(A1)', '\t=1', '\r=1'])(
    'that a spreadsheet would run is defused: %j',
    (text) => {
      expect(csvOfCell(text)?.replace(/^"/, '')).toBe(`'${text}${text.startsWith('\r') ? '"' : ''}`);
    },
  );
});

test.each(Object.values(widgets) as WidgetSpec[])(
  'the table of $id fills every column of every row of its file',
  (spec) => {
    const { table } = answerOf(spec).view;
    const rows = csvOf(table, 's', 'l').trimEnd().split('\n').slice(2);
    expect(rows).toHaveLength(table.rows.length + 1);
    const commas = (row: string): number => row.replace(/"(?:[^"]|"")*"/g, '').split(',').length;
    expect(new Set(rows.map(commas))).toEqual(new Set([table.columns.length]));
  },
);
