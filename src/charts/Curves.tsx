import { Axes, scaleOf, type Axis } from './Axes.tsx';
import { Legend } from './Legend.tsx';
import { percent } from './scale.ts';

export interface Curve {
  readonly label: string;
  readonly color: string;
  readonly points: readonly { readonly x: number; readonly y: number }[];
  /** The one that the reader's answer lies on. */
  readonly strong?: boolean;
}

interface Props {
  readonly label: string;
  readonly curves: readonly Curve[];
  /** Measured values, drawn as rings. */
  readonly dots: {
    readonly label: string;
    readonly points: readonly { readonly x: number; readonly y: number }[];
  };
  readonly x: Axis;
  readonly y: Axis;
  /** A ceiling across the whole width. */
  readonly ceiling: { readonly value: number; readonly label: string };
  readonly mine: {
    readonly x: number;
    readonly y: number;
    readonly label: string;
    readonly changed: boolean;
  };
}

const HEIGHT = 260;
const GRID = 1000;

/** Curves of a model with measured points on them and the reader's own point. Text keeps its size at any width. */
export function Curves({ label, curves, dots, x, y, ceiling, mine }: Props) {
  const sx = scaleOf(x);
  const sy = scaleOf(y);
  const top = (value: number): number => Math.round((1 - sy(value)) * HEIGHT * 10) / 10;
  const path = (points: Curve['points']): string =>
    points
      .map(
        (p, i) => `${i === 0 ? 'M' : 'L'}${Math.round(sx(p.x) * GRID)} ${Math.round((1 - sy(p.y)) * GRID)}`,
      )
      .join('');
  // The curves rise to the right, so there is room above a point; but not at the top, nor where the ceiling has its name.
  const place = top(mine.y);
  const below = place < 24 || Math.abs(place - 6 - top(ceiling.value)) < 20;
  return (
    <div className="chart-plot">
      <Legend
        entries={[
          ...curves,
          ...(dots.points.length > 0 ? [{ label: dots.label, color: 'var(--ink)', ring: true }] : []),
        ]}
      />
      <svg className="chart chart-curves" width="100%" height={HEIGHT + 40} role="img" aria-label={label}>
        <Axes x={x} y={y} height={HEIGHT} />
        <line className="chart-ceiling" x1="0" x2="100%" y1={top(ceiling.value)} y2={top(ceiling.value)} />
        <text className="chart-axis" x="100%" dx="-6" y={top(ceiling.value) - 6} textAnchor="end">
          {ceiling.label}
        </text>
        <svg
          viewBox={`0 0 ${GRID} ${GRID}`}
          preserveAspectRatio="none"
          width="100%"
          height={HEIGHT}
          overflow="visible"
        >
          {curves.map((curve) => (
            <path
              key={curve.label}
              className="chart-curve"
              data-strong={curve.strong || undefined}
              d={path(curve.points)}
              vectorEffect="non-scaling-stroke"
              style={{ stroke: curve.color }}
            />
          ))}
        </svg>
        {dots.points.map((p) => (
          <circle key={p.x} className="chart-ring" cx={percent(sx(p.x))} cy={top(p.y)} r={3.5} />
        ))}
        <g className="chart-mine" data-changed={mine.changed || undefined}>
          <circle cx={percent(sx(mine.x))} cy={place} r={6} />
          <text
            x={percent(sx(mine.x))}
            y={place}
            dx={sx(mine.x) > 0.5 ? -12 : 12}
            dy={below ? 22 : -12}
            textAnchor={sx(mine.x) > 0.5 ? 'end' : 'start'}
          >
            {mine.label}
          </text>
        </g>
      </svg>
    </div>
  );
}
