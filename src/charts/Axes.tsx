import { linear, log, percent, type Scale } from './scale.ts';

/** One axis of a plot: how it is divided, and how its values are written. */
export interface Axis {
  readonly label: string;
  readonly scale: 'log' | 'linear';
  readonly domain: readonly [number, number];
  readonly ticks: readonly number[];
  readonly format: (value: number) => string;
}

export const scaleOf = ({ scale, domain }: Axis): Scale =>
  scale === 'log' ? log(...domain) : linear(...domain);

interface Props {
  readonly x: Axis;
  readonly y: Axis;
  readonly height: number;
}

/** Ground, ticks and names of two axes, the first thing inside a plot's svg. What is below the ground is 42 pixels. */
export function Axes({ x, y, height }: Props) {
  const sx = scaleOf(x);
  const sy = scaleOf(y);
  const left = (value: number): string => percent(sx(value));
  const top = (value: number): number => Math.round((1 - sy(value)) * height * 10) / 10;
  return (
    <>
      <rect className="chart-ground" width="100%" height={height} />
      {y.ticks.map((value) => (
        <g key={value} className="chart-tick">
          <line x1="0" x2="100%" y1={top(value)} y2={top(value)} />
          <text x="-8" y={top(value)} textAnchor="end" dominantBaseline="central">
            {y.format(value)}
          </text>
        </g>
      ))}
      {x.ticks.map((value, i) => (
        <g key={value} className="chart-tick" data-between={(x.ticks.length > 6 && i % 2 === 1) || undefined}>
          <line x1={left(value)} x2={left(value)} y1={height} y2={height + 4} />
          <text x={left(value)} y={height + 17} textAnchor={sx(value) === 1 ? 'end' : 'middle'}>
            {x.format(value)}
          </text>
        </g>
      ))}
      <text className="chart-axis" x="100%" y={height + 34} textAnchor="end">
        {x.label}
      </text>
      <text className="chart-axis" x="6" y="14">
        {y.label}
      </text>
    </>
  );
}
