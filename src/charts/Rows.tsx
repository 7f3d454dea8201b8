import { axisFromZero, percent } from './scale.ts';

export interface RowBar {
  readonly label: string;
  readonly value: number;
  /** CSS colour, by meaning. */
  readonly color: string;
  /** Written behind the label. */
  readonly amount: string;
}

interface Props {
  readonly label: string;
  readonly rows: readonly RowBar[];
}

const ROW = 38;
const BAR = 12;

/** Quantities of one kind below each other on one scale from zero, each with its name and its number above it. */
export function Rows({ label, rows }: Props) {
  const { scale } = axisFromZero(Math.max(...rows.map(({ value }) => value)), 4, true);
  return (
    <svg className="chart" width="100%" height={rows.length * ROW} role="img" aria-label={label}>
      {rows.map((row, i) => (
        <g key={row.label}>
          <text className="chart-row-name" x="0" y={i * ROW + 13}>
            {row.label}
            <tspan className="chart-row-amount" dx="8">
              {row.amount}
            </tspan>
          </text>
          <rect
            className="chart-row-bar"
            x="0"
            y={i * ROW + 20}
            height={BAR}
            width={percent(Math.max(scale(row.value), 0.003))}
            style={{ fill: row.color }}
          />
        </g>
      ))}
    </svg>
  );
}
