import { log, percent } from './scale.ts';

export interface FactorPart {
  readonly label: string;
  readonly factor: number;
  readonly color: string;
}

export interface FactorRow {
  readonly label: string;
  /** The product, as printed. */
  readonly total: string;
  readonly parts: readonly FactorPart[];
}

interface Props {
  readonly label: string;
  readonly rows: readonly FactorRow[];
  readonly ticks: readonly number[];
  /** A product that is talked about: a line through all rows. */
  readonly mark: { readonly value: number; readonly label: string };
  readonly format: (value: number, digits?: number) => string;
}

const ROW = 74;
const BAR = 26;
const TOP = 24;

/**
 * Products as bars on a logarithmic axis, where factors add up. A factor below one takes its share back: it is drawn
 * below the bar, from the end of the factors before it to the left.
 */
export function Factors({ label, rows, ticks, mark, format }: Props) {
  const end = Math.max(...ticks);
  const low = Math.min(1, ...ticks);
  const scale = log(low, end);
  const x = (value: number): string => percent(scale(value));
  const height = TOP + rows.length * ROW;
  return (
    <svg className="chart" width="100%" height={height + 24} role="img" aria-label={label}>
      {ticks.map((value) => (
        <g key={value} className="chart-tick">
          <line x1={x(value)} x2={x(value)} y1={TOP - 4} y2={height} />
          <text
            x={x(value)}
            y={height + 16}
            textAnchor={value === low ? 'start' : value === end ? 'end' : 'middle'}
          >
            {value !== mark.value && format(value)}
          </text>
        </g>
      ))}
      {rows.map((row, i) => {
        const y = TOP + i * ROW + 22;
        let reached = 1;
        return (
          <g key={row.label}>
            <text className="chart-row" x="0" y={y - 8}>
              {row.label}
            </text>
            <text className="chart-total" x="100%" y={y - 8} textAnchor="end">
              {row.total}
            </text>
            {row.parts.map((part) => {
              const from = reached;
              reached *= part.factor;
              const least = Math.min(from, reached);
              const wide = scale(Math.max(from, reached)) - scale(least);
              const back = part.factor < 1;
              return (
                <g key={part.label}>
                  <rect
                    x={x(least)}
                    width={percent(wide)}
                    y={back ? y + BAR : y}
                    height={back ? 6 : BAR}
                    style={{ fill: part.color }}
                  />
                  {wide > 0.07 && !back && (
                    <text
                      className="chart-on-bar"
                      x={percent(scale(least) + wide / 2)}
                      y={y + BAR / 2}
                      textAnchor="middle"
                      dominantBaseline="central"
                    >
                      {format(part.factor, wide > 0.15 ? 3 : 2)}
                    </text>
                  )}
                </g>
              );
            })}
          </g>
        );
      })}
      <line className="chart-anchor" x1={x(mark.value)} x2={x(mark.value)} y1={TOP - 8} y2={height} />
      <text className="chart-total" x={x(mark.value)} y={TOP - 13} textAnchor="middle">
        {mark.label}
      </text>
    </svg>
  );
}
