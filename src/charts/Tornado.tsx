import { axisFromZero, percent } from './scale.ts';

export interface TornadoRow {
  readonly label: string;
  /** Every option's value; the chosen one is filled. */
  readonly marks: readonly { readonly label: string; readonly value: number; readonly chosen: boolean }[];
}

interface Props {
  readonly label: string;
  readonly rows: readonly TornadoRow[];
  readonly anchor: { readonly value: number; readonly label: string };
  readonly format: (value: number) => string;
}

const ROW = 60;
const TOP = 26;

/** How far each choice alone moves a number: one bar a choice, widest first, all through the line of the present answer. */
export function Tornado({ label, rows, anchor, format }: Props) {
  const values = [anchor.value, ...rows.flatMap((row) => row.marks.map((m) => m.value))];
  const { ticks, scale } = axisFromZero(Math.max(...values));
  const x = (value: number): string => percent(scale(value));
  const height = TOP + rows.length * ROW;
  return (
    <svg className="chart chart-tornado" width="100%" height={height + 24} role="img" aria-label={label}>
      {ticks.map((value) => (
        <g key={value} className="chart-tick">
          <line x1={x(value)} x2={x(value)} y1={TOP - 4} y2={height} />
          <text
            x={x(value)}
            y={height + 16}
            textAnchor={value === 0 ? 'start' : scale(value) > 0.95 ? 'end' : 'middle'}
          >
            {format(value)}
          </text>
        </g>
      ))}
      <line className="chart-anchor" x1={x(anchor.value)} x2={x(anchor.value)} y1={TOP - 8} y2={height} />
      <text
        className="chart-total"
        x={x(anchor.value)}
        y={TOP - 13}
        textAnchor={scale(anchor.value) > 0.7 ? 'end' : 'middle'}
      >
        {anchor.label}
      </text>
      {rows.map((row, i) => {
        const sorted = [...row.marks].sort((a, b) => a.value - b.value);
        const low = sorted[0]?.value ?? 0;
        const high = sorted.at(-1)?.value ?? 0;
        const y = TOP + i * ROW + 24;
        return (
          <g key={row.label}>
            <text className="chart-row" x="0" y={y - 13}>
              {row.label}
            </text>
            <rect
              className="chart-span"
              x={x(low)}
              width={percent(scale(high) - scale(low))}
              y={y - 5}
              height={10}
            />
            {row.marks.map((mark) => (
              <circle
                key={mark.label}
                className="chart-mark"
                data-chosen={mark.chosen || undefined}
                cx={x(mark.value)}
                cy={y}
                r={5}
              />
            ))}
            <text className="chart-ends" x="0" y={y + 19}>
              {[sorted[0], sorted.at(-1)]
                .map((mark) => mark && `${mark.label} ${format(mark.value)}`)
                .join('  ·  ')}
            </text>
          </g>
        );
      })}
    </svg>
  );
}
