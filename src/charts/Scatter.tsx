import { useRef, useState, type PointerEvent } from 'react';
import { Axes, scaleOf, type Axis } from './Axes.tsx';
import { Legend } from './Legend.tsx';
import { inverseLinear, inverseLog, percent, type Inverse } from './scale.ts';

export interface ScatterPoint {
  readonly x: number;
  readonly y: number;
  /** Index into `groups`. */
  readonly group: number;
  readonly label: string;
}

interface Props {
  readonly label: string;
  readonly points: readonly ScatterPoint[];
  readonly groups: readonly { readonly label: string; readonly color: string }[];
  readonly x: Axis;
  readonly y: Axis;
  readonly mine: {
    readonly x: number;
    readonly y: number;
    readonly label: string;
    readonly changed: boolean;
  };
  /** The reader drags the dot; the fields do the same for a keyboard. */
  readonly onMove: (x: number, y: number) => void;
}

const HEIGHT = 280;
/** The dots' own grid: fine enough to place them, coarse enough to write them in few bytes. */
const GRID = 1000;
/** A pointer within this many pixels of a dot means that dot. */
const REACH = 26;

const inverseOf = ({ scale, domain }: Axis): Inverse =>
  scale === 'log' ? inverseLog(...domain) : inverseLinear(...domain);

/**
 * Many points, one of them the reader's. Each group is one path of zero-length strokes with round caps: a few bytes a
 * point, and dots stay round although the plot stretches with the page. The pointer finds the nearest one.
 */
export function Scatter({ label, points, groups, x, y, mine, onMove }: Props) {
  const dragging = useRef(false);
  const [near, setNear] = useState<ScatterPoint | null>(null);
  const sx = scaleOf(x);
  const sy = scaleOf(y);
  const left = (value: number): string => percent(sx(value));
  const top = (value: number): number => Math.round((1 - sy(value)) * HEIGHT * 10) / 10;
  const dots = (group: number): string =>
    points
      .filter((p) => p.group === group)
      .map((p) => `M${Math.round(sx(p.x) * GRID)} ${Math.round((1 - sy(p.y)) * GRID)}h0`)
      .join('');
  const placeOf = (event: PointerEvent<SVGSVGElement>) => {
    const box = event.currentTarget.getBoundingClientRect();
    const at = { x: event.clientX - box.left, y: event.clientY - box.top };
    const distance = (p: { readonly x: number; readonly y: number }): number =>
      Math.hypot(sx(p.x) * box.width - at.x, top(p.y) - at.y);
    return { at, box, distance };
  };
  const press = (event: PointerEvent<SVGSVGElement>): void => {
    if (placeOf(event).distance(mine) > REACH) return follow(event);
    dragging.current = true;
    setNear(null);
    event.currentTarget.setPointerCapture(event.pointerId);
  };
  const follow = (event: PointerEvent<SVGSVGElement>): void => {
    const { at, box, distance } = placeOf(event);
    if (dragging.current) return onMove(inverseOf(x)(at.x / box.width), inverseOf(y)(1 - at.y / HEIGHT));
    const nearest = points.reduce<ScatterPoint | null>(
      (a, b) => (a && distance(a) <= distance(b) ? a : b),
      null,
    );
    setNear(nearest && distance(nearest) < REACH ? nearest : null);
  };
  const release = (): void => {
    dragging.current = false;
  };
  const mineAt = { cx: left(mine.x), cy: top(mine.y) };
  return (
    <div className="chart-plot">
      <Legend entries={groups} />
      <svg
        className="chart"
        width="100%"
        height={HEIGHT}
        role="img"
        aria-label={label}
        onPointerMove={follow}
        onPointerDown={press}
        onPointerUp={release}
        onPointerCancel={release}
        onPointerLeave={() => setNear(null)}
      >
        <Axes x={x} y={y} height={HEIGHT} />
        <svg
          viewBox={`0 0 ${GRID} ${GRID}`}
          preserveAspectRatio="none"
          width="100%"
          height={HEIGHT}
          overflow="visible"
        >
          {groups.map((group, i) => (
            <path
              key={group.label}
              className="chart-dots"
              d={dots(i)}
              vectorEffect="non-scaling-stroke"
              style={{ stroke: group.color }}
            />
          ))}
        </svg>
        {near && <circle className="chart-found" cx={left(near.x)} cy={top(near.y)} r={6} />}
        <g className="chart-mine" data-changed={mine.changed || undefined}>
          <circle {...mineAt} r={7} />
          <text
            x={mineAt.cx}
            y={mineAt.cy}
            dx={sx(mine.x) > 0.7 ? -12 : 12}
            dy={-10}
            textAnchor={sx(mine.x) > 0.7 ? 'end' : 'start'}
          >
            {mine.label}
          </text>
        </g>
      </svg>
      <p className="chart-near" aria-hidden="true">
        {near
          ? near.label
          : 'Point at a dot to read its run, or drag yours. The table below has the runs nearest to it.'}
      </p>
    </div>
  );
}
