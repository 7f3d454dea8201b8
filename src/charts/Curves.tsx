import type { ScatterAxis } from './Scatter.tsx';
import { linear, log, percent, type Scale } from './scale.ts';

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
  readonly x: ScatterAxis;
  readonly y: ScatterAxis;
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

const scaleOf = ({ scale, domain }: ScatterAxis): Scale =>
  scale === 'log' ? log(...domain) : linear(...domain);

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
  return (
    <div className="chart-plot">
      <ul className="chart-key">
        {curves.map((curve) => (
          <li key={curve.label}>
            <span className="chart-swatch" style={{ background: curve.color }} />
            {curve.label}
          </li>
        ))}
        {dots.points.length > 0 && (
          <li>
            <span className="chart-swatch chart-swatch-ring" />
            {dots.label}
          </li>
        )}
      </ul>
      <svg className="chart chart-curves" width="100%" height={HEIGHT + 40} role="img" aria-label={label}>
        <rect className="chart-ground" width="100%" height={HEIGHT} />
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
            <line x1={percent(sx(value))} x2={percent(sx(value))} y1={HEIGHT} y2={HEIGHT + 4} />
            <text x={percent(sx(value))} y={HEIGHT + 17} textAnchor="middle">
              {x.format(value)}
            </text>
          </g>
        ))}
        <text className="chart-axis" x="100%" y={HEIGHT + 34} textAnchor="end">
          {x.label}
        </text>
        <text className="chart-axis" x="6" y="14">
          {y.label}
        </text>
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
          <circle cx={percent(sx(mine.x))} cy={top(mine.y)} r={6} />
          <text
            x={percent(sx(mine.x))}
            y={top(mine.y)}
            dx={sx(mine.x) > 0.5 ? -12 : 12}
            dy={sy(mine.y) > 0.5 ? 22 : -12}
            textAnchor={sx(mine.x) > 0.5 ? 'end' : 'start'}
          >
            {mine.label}
          </text>
        </g>
      </svg>
    </div>
  );
}
