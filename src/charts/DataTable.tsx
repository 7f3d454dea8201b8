import { memo } from 'react';
import { formatQuantity, type Quantity } from '#format';

interface Table {
  readonly caption: string;
  readonly columns: readonly { readonly label: string; readonly unit?: string }[];
  readonly rows: readonly (readonly (string | Quantity)[])[];
}

/** A row that is the very same array as before need not be written again, sixty times a second. */
const Row = memo(function Row({ row }: { readonly row: Table['rows'][number] }) {
  return (
    <tr>
      {row.map((cell, c) =>
        c === 0 && typeof cell === 'string' ? (
          <th key={c} scope="row">
            {cell}
          </th>
        ) : (
          <td key={c} data-number={typeof cell === 'string' ? undefined : true}>
            {typeof cell === 'string' ? cell : formatQuantity(cell)}
          </td>
        ),
      )}
    </tr>
  );
});

/** A chart's twin in rows: the same facts for those who would rather read them, copy them or hear them. */
export function DataTable({ table }: { readonly table: Table }) {
  return (
    <div className="table-scroll" tabIndex={0} role="region" aria-label={table.caption}>
      <table className="data-table">
        <caption>{table.caption}</caption>
        <thead>
          <tr>
            {table.columns.map(({ label }) => (
              <th key={label} scope="col">
                {label}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {table.rows.map((row, r) => (
            <Row key={r} row={row} />
          ))}
        </tbody>
      </table>
    </div>
  );
}
