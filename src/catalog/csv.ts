type Cell = string | number | boolean | null | undefined;

/** Nested values as one level, with dotted names: `{ peak: { fp16: 1 } }` is `{ 'peak.fp16': 1 }`. Lists are left out. */
export function flatten(node: object, prefix = ''): Record<string, Cell> {
  return Object.assign(
    {},
    ...Object.entries(node).map(([key, value]: [string, unknown]) => {
      if (Array.isArray(value)) return {};
      if (typeof value === 'object' && value !== null) return flatten(value, `${prefix}${key}.`);
      return { [prefix + key]: value };
    }),
  ) as Record<string, Cell>;
}

const quoted = (cell: Cell): string => {
  const text = cell === null || cell === undefined ? '' : String(cell);
  return /[",\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
};

/** Records as CSV (RFC 4180) with a header of every field that one of them has; a field that one lacks is empty. */
export function csv(records: readonly object[]): string {
  const rows = records.map((record) => flatten(record));
  const columns = [...new Set(rows.flatMap((row) => Object.keys(row)))];
  return [columns, ...rows.map((row) => columns.map((column) => row[column]))]
    .map((cells) => cells.map(quoted).join(','))
    .join('\r\n')
    .concat('\r\n');
}
