/** Many records of the same fields as columns: words once, rows as numbers. A third of the bytes, compressed too. */

export type Field = string | number;
export type Row<K extends string> = Readonly<Record<K, Field>>;

/** Numbers as they are; texts as a list of words and each row's place in it. */
export type Column =
  readonly number[] | { readonly words: readonly string[]; readonly at: readonly number[] };
export type Columns<K extends string> = Readonly<Record<K, Column>>;

function columnOf(values: readonly Field[]): Column {
  if (values.every((value) => typeof value === 'number')) return values;
  const texts = values.map(String);
  const places = new Map([...new Set(texts)].map((word, i) => [word, i]));
  return { words: [...places.keys()], at: texts.map((text) => places.get(text) ?? 0) };
}

/** The named fields of the rows. A field holds numbers in every row or texts in every row. */
export const toColumns = <K extends string>(rows: readonly Row<K>[], keys: readonly K[]): Columns<K> =>
  Object.fromEntries(keys.map((key) => [key, columnOf(rows.map((row) => row[key]))])) as Columns<K>;

function valueAt(column: Column, row: number): Field {
  if ('words' in column) return column.words[column.at[row] ?? 0] ?? '';
  return column[row] ?? Number.NaN;
}

export function toRows<K extends string>(columns: Columns<K>): Row<K>[] {
  const entries = Object.entries<Column>(columns);
  const [, first] = entries[0] ?? [];
  const count = first ? ('words' in first ? first.at.length : first.length) : 0;
  return Array.from(
    { length: count },
    (_, row) => Object.fromEntries(entries.map(([key, column]) => [key, valueAt(column, row)])) as Row<K>,
  );
}
