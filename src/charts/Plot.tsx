import { linear, log, percent, type Scale } from './scale.ts';
import type { ScatterAxis } from './Scatter.tsx';

export interface PlotLine {
  readonly label: string;
  readonly color: string;
  readonly points: readonly (readonly [x: number, y: number])[];
  readonly style?: 'dashed' | 'faint' | 'strong';
}

export interface PlotMark {
  readonly x: number;
  readonly y: number;
  readonly color: string;
  /** Written beside the mark; marks without a name are in the table. */
  readonly name?: string;
  readonly strong?: boolean;
  readonly hollow?: boolean;
  /** A thin line from the mark up to this value. */
  readonly upTo?: number;
  readonly below?: boolean;
}

interface Props {
  readonly label: string;
  readonly x: ScatterAxis;
  readonly y: ScatterAxis;
  readonly lines: readonly PlotLine[];
  readonly marks: readonly PlotMark[];
  /** What the colours and dashes mean. */
  readonly legend?: readonly { readonly label: string; readonly color: string; readonly dashed?: boolean }[];
  readonly height?: number;
}

/** The lines' own grid, stretched over the plot. */
const GRID = 1000;

const scaleOf = ({ scale, domain }: ScatterAxis): Scale =>
  scale === 'log' ? log(...domain) : linear(...domain);

/** Lines and named marks over two axes. No state: text keeps its size, and only positions follow the width. */
export function Plot({ label, x, y, lines, marks, legend = [], height = 300 }: Props) {
  const sx = scaleOf(x);
  const sy = scaleOf(y);
  const left = (value: number): string => percent(sx(value));
  const top = (value: number): number => Math.round((1 - sy(value)) * height * 10) / 10;
  const path = ({ points }: PlotLine): string =>
    points
      .map(([px, py], i) => `${i ? 'L' : 'M'}${Math.round(sx(px) * GRID)} ${Math.round((1 - sy(py)) * GRID)}`)
      .join('');
  return (
    <div className="chart-plot">
      {legend.length > 0 && (
        <ul className="chart-key">
          {legend.map((entry, i) => (
            <li key={i}>
              <span
                className="chart-swatch"
                data-dashed={entry.dashed || undefined}
                style={entry.dashed ? { borderColor: entry.color } : { background: entry.color }}
              />
              {entry.label}
            </li>
          ))}
        </ul>
      )}
      <svg className="chart" width="100%" height={height + 42} role="img" aria-label={label}>
        <rect className="chart-ground" width="100%" height={height} />
        {y.ticks.map((value) => (
          <g key={value} className="chart-tick">
            <line x1="0" x2="100%" y1={top(value)} y2={top(value)} />
            <text x="-8" y={top(value)} textAnchor="end" dominantBaseline="central">
              {y.format(value)}
            </text>
          </g>
        ))}
        {x.ticks.map((value) => (
          <g key={value} className="chart-tick">
            <line x1={left(value)} x2={left(value)} y1={height} y2={height + 4} />
            <text x={left(value)} y={height + 17} textAnchor={sx(value) === 1 ? 'end' : 'middle'}>
              {x.format(value)}
            </text>
          </g>
        ))}
        <text className="chart-axis" x="100%" y={height + 35} textAnchor="end">
          {x.label}
        </text>
        <text className="chart-axis" x="6" y="14">
          {y.label}
        </text>
        <svg viewBox={`0 0 ${GRID} ${GRID}`} preserveAspectRatio="none" width="100%" height={height}>
          {lines.map((line) => (
            <path
              key={line.label}
              className="chart-line"
              data-style={line.style}
              d={path(line)}
              vectorEffect="non-scaling-stroke"
              style={{ stroke: line.color }}
            />
          ))}
        </svg>
        {marks.map((mark, i) => (
          <g key={i} className="chart-named" data-strong={mark.strong || undefined}>
            {mark.upTo !== undefined && (
              <line
                x1={left(mark.x)}
                x2={left(mark.x)}
                y1={top(mark.y)}
                y2={top(mark.upTo)}
                style={{ stroke: mark.color }}
              />
            )}
            <circle
              cx={left(mark.x)}
              cy={top(mark.y)}
              r={mark.strong ? 6 : 4}
              style={mark.hollow ? { fill: 'var(--panel)', stroke: mark.color } : { fill: mark.color }}
            />
            {mark.name && (
              <text
                x={left(mark.x)}
                y={top(mark.y)}
                dx={sx(mark.x) > 0.75 ? -9 : 9}
                dy={mark.below ? 15 : -8}
                textAnchor={sx(mark.x) > 0.75 ? 'end' : 'start'}
              >
                {mark.name}
              </text>
            )}
          </g>
        ))}
      </svg>
    </div>
  );
}
