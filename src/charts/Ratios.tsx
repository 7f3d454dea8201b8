import { log, percent } from './scale.ts';

export interface RatioRow {
  readonly label: string;
  /** Second over first; null where one of them has none. */
  readonly ratio: number | null;
  readonly text: string;
}

interface Props {
  readonly label: string;
  readonly rows: readonly RatioRow[];
  readonly first: string;
  readonly second: string;
}

const ROW = 34;
const TOP = 20;

/** Ratios on a logarithmic axis around one: gains to the right, losses to the left. */
export function Ratios({ label, rows, first, second }: Props) {
  const reach = Math.max(2, ...rows.map(({ ratio }) => (ratio ? Math.max(ratio, 1 / ratio) : 1)));
  const scale = log(1 / reach, reach);
  const height = TOP + rows.length * ROW;
  return (
    <svg className="chart" width="100%" height={height} role="img" aria-label={label}>
      <text className="chart-axis" x="49%" y="12" textAnchor="end">
        {`← less than ${first}`}
      </text>
      <text className="chart-axis" x="51%" y="12">
        {`${second} has more →`}
      </text>
      {rows.map((row, i) => {
        const y = TOP + i * ROW;
        const at = row.ratio === null ? 0.5 : scale(row.ratio);
        return (
          <g key={row.label}>
            <text className="chart-row" x="0" y={y + 12}>
              {row.label}
            </text>
            <text className="chart-total" x="100%" y={y + 12} textAnchor="end">
              {row.text}
            </text>
            <line className="chart-anchor" x1="50%" x2="50%" y1={y + 15} y2={y + 28} />
            <rect
              x={percent(Math.min(0.5, at))}
              width={percent(Math.abs(at - 0.5))}
              y={y + 17}
              height={9}
              style={{ fill: at < 0.5 ? 'var(--c-lost)' : 'var(--c-model)' }}
            />
          </g>
        );
      })}
    </svg>
  );
}
