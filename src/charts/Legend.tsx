export interface LegendEntry {
  readonly label: string;
  readonly color: string;
  /** A dashed line instead of a dot. */
  readonly dashed?: boolean;
  /** A ring instead of a dot: measured points. */
  readonly ring?: boolean;
  /** A hollow dot of that colour. */
  readonly hollow?: boolean;
  /** What it comes to where the reader stands. */
  readonly amount?: string;
}

/** What the colours of a chart mean. */
export function Legend({ entries }: { readonly entries: readonly LegendEntry[] }) {
  return (
    <ul className="chart-key">
      {entries.map(({ label, color, dashed, ring, hollow, amount }) => (
        <li key={label}>
          <span
            className={ring ? 'chart-swatch chart-swatch-ring' : 'chart-swatch'}
            data-dashed={dashed || undefined}
            data-hollow={hollow || undefined}
            style={ring ? undefined : dashed || hollow ? { borderColor: color } : { background: color }}
          />
          {label}
          {amount !== undefined && (
            <>
              {' '}
              <b>{amount}</b>
            </>
          )}
        </li>
      ))}
    </ul>
  );
}
