import { useRef, type PointerEvent } from 'react';
import { Legend } from './Legend.tsx';
import { inverseLog, log, percent } from './scale.ts';

export interface Layer {
  readonly label: string;
  readonly color: string;
  /** Its share at each place of `x`, 0 to 1. */
  readonly values: readonly number[];
  /** Its share where the reader stands, as text. */
  readonly amount: string;
}

interface Props {
  readonly label: string;
  readonly x: readonly number[];
  readonly domain: readonly [number, number];
  /** Bottom first; they sum to 1 everywhere. */
  readonly layers: readonly Layer[];
  readonly ticks: readonly number[];
  readonly format: (value: number) => string;
  readonly axis: string;
  readonly marks: readonly { readonly label: string; readonly at: number }[];
  readonly now: { readonly at: number; readonly label: string; readonly changed: boolean };
  /** The reader drags the line; the fields do the same for a keyboard. */
  readonly onMove: (value: number) => void;
}

const HEIGHT = 250;
const HEAD = 20;
const GRID = 1000;

/** Shares of one whole over a logarithmic axis, stacked, with named places along it and a line that can be dragged. */
export function Layers({ label, x, domain, layers, ticks, format, axis, marks, now, onMove }: Props) {
  const dragging = useRef(false);
  const scale = log(...domain);
  const left = (value: number): string => percent(scale(value));
  const round = (share: number): number => Math.round(share * GRID);
  const bases = layers.map((_, i) =>
    x.map((_, j) => layers.slice(0, i).reduce((sum, layer) => sum + (layer.values[j] ?? 0), 0)),
  );
  const area = ({ values }: Layer, i: number): string => {
    const base = bases[i] ?? [];
    const upper = x.map((at, j) => `${round(scale(at))} ${round(1 - (base[j] ?? 0) - (values[j] ?? 0))}`);
    const lower = x.map((at, j) => `${round(scale(at))} ${round(1 - (base[j] ?? 0))}`).reverse();
    return `M${[...upper, ...lower].join('L')}Z`;
  };
  const move = (event: PointerEvent<SVGSVGElement>): void => {
    if (!dragging.current) return;
    const box = event.currentTarget.getBoundingClientRect();
    onMove(inverseLog(...domain)((event.clientX - box.left) / box.width));
  };
  const press = (event: PointerEvent<SVGSVGElement>): void => {
    dragging.current = true;
    event.currentTarget.setPointerCapture(event.pointerId);
    move(event);
  };
  const release = (): void => {
    dragging.current = false;
  };
  const right = scale(now.at) > 0.75;
  return (
    <div className="chart-plot">
      <Legend entries={[...layers].reverse()} />
      <svg
        className="chart chart-layers"
        width="100%"
        height={HEAD + HEIGHT + 42}
        role="img"
        aria-label={label}
        onPointerDown={press}
        onPointerMove={move}
        onPointerUp={release}
        onPointerCancel={release}
      >
        <svg
          y={HEAD}
          width="100%"
          height={HEIGHT}
          viewBox={`0 0 ${GRID} ${GRID}`}
          preserveAspectRatio="none"
          overflow="visible"
        >
          {layers.map((layer, i) => (
            <path key={layer.label} d={area(layer, i)} style={{ fill: layer.color }} />
          ))}
        </svg>
        {[0, 0.5, 1].map((share) => (
          <g key={share} className="chart-tick">
            <text x="-8" y={HEAD + HEIGHT * (1 - share)} textAnchor="end" dominantBaseline="central">
              {`${share * 100}%`}
            </text>
          </g>
        ))}
        {marks.map((mark, i) => (
          <g key={mark.label} className="chart-place" data-between={i % 2 === 0 || undefined}>
            <line x1={left(mark.at)} x2={left(mark.at)} y1={HEAD - 3} y2={HEAD + HEIGHT} />
            <text x={left(mark.at)} y={HEAD - 8} textAnchor="middle">
              {mark.label}
            </text>
          </g>
        ))}
        {ticks.map((value) => (
          <g key={value} className="chart-tick">
            <line x1={left(value)} x2={left(value)} y1={HEAD + HEIGHT} y2={HEAD + HEIGHT + 4} />
            <text x={left(value)} y={HEAD + HEIGHT + 17} textAnchor="middle">
              {format(value)}
            </text>
          </g>
        ))}
        <text className="chart-axis" x="100%" y={HEAD + HEIGHT + 36} textAnchor="end">
          {axis}
        </text>
        <g className="chart-here" data-changed={now.changed || undefined}>
          <line x1={left(now.at)} x2={left(now.at)} y1={HEAD} y2={HEAD + HEIGHT} />
          <circle cx={left(now.at)} cy={HEAD + HEIGHT} r={6} />
          <text
            x={left(now.at)}
            dx={right ? -8 : 8}
            y={HEAD + HEIGHT - 14}
            textAnchor={right ? 'end' : 'start'}
          >
            {`${now.label} lost`}
          </text>
        </g>
      </svg>
    </div>
  );
}
