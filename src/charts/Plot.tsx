import { Axes, scaleOf, type Axis } from './Axes.tsx';
import { crowdedAt, type PlacedName } from './crowded.ts';
import { Legend, type LegendEntry } from './Legend.tsx';
import { percent } from './scale.ts';

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

/** Many marks without names: one path, a few bytes each. */
export interface PlotDots {
  readonly color: string;
  readonly points: readonly (readonly [x: number, y: number])[];
}

interface Props {
  readonly label: string;
  readonly x: Axis;
  readonly y: Axis;
  readonly lines: readonly PlotLine[];
  readonly marks: readonly PlotMark[];
  readonly dots?: readonly PlotDots[];
  /** What the colours and dashes mean. */
  readonly legend?: readonly LegendEntry[];
  readonly height?: number;
}

/** The lines' own grid, stretched over the plot. */
const GRID = 1000;

/** Pixels of a plot on a phone, and in the column of a chapter. */
const NARROW = 270;
const WIDE = 560;

/** Lines and named marks over two axes. No state: text keeps its size, and only positions follow the width. */
export function Plot({ label, x, y, lines, marks, dots = [], legend = [], height = 300 }: Props) {
  const sx = scaleOf(x);
  const sy = scaleOf(y);
  const left = (value: number): string => percent(sx(value));
  const top = (value: number): number => Math.round((1 - sy(value)) * height * 10) / 10;
  const path = ({ points }: PlotLine): string =>
    points
      .map(([px, py], i) => `${i ? 'L' : 'M'}${Math.round(sx(px) * GRID)} ${Math.round((1 - sy(py)) * GRID)}`)
      .join('');
  const names = marks.map(({ name, strong, below, ...mark }): PlacedName | null => {
    const share = sx(mark.x);
    const at = { left: share, top: top(mark.y) + (below ? 15 : -8), end: share > 0.75 };
    return name === undefined ? null : { ...at, text: name, strong: strong ?? false };
  });
  const written = names.filter((name) => name !== null);
  const [narrow, wide] = [crowdedAt(NARROW, written), crowdedAt(WIDE, written)];
  const crowding = (name: PlacedName | null | undefined): 'always' | 'narrow' | undefined =>
    !name ? undefined : wide.has(name) ? 'always' : narrow.has(name) ? 'narrow' : undefined;
  return (
    <div className="chart-plot">
      {legend.length > 0 && <Legend entries={legend} />}
      <svg className="chart" width="100%" height={height + 42} role="img" aria-label={label}>
        <Axes x={x} y={y} height={height} />
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
        {dots.length > 0 && (
          <svg
            viewBox={`0 0 ${GRID} ${GRID}`}
            preserveAspectRatio="none"
            width="100%"
            height={height}
            overflow="visible"
          >
            {dots.map(({ color, points }) => (
              <path
                key={color}
                className="chart-dots"
                d={points
                  .map(([px, py]) => `M${Math.round(sx(px) * GRID)} ${Math.round((1 - sy(py)) * GRID)}h0`)
                  .join('')}
                vectorEffect="non-scaling-stroke"
                style={{ stroke: color }}
              />
            ))}
          </svg>
        )}
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
                data-crowded={crowding(names[i])}
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
