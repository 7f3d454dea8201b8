import { percent, rounded } from './scale.ts';
import { layered, ROW_HEIGHT, StackedRows, type StackRow } from './Stacks.tsx';

/** A kind of content, bottom first. */
export interface TankKind {
  readonly label: string;
  readonly color: string;
  /** What the fullest tank holds of it, as text. */
  readonly amount: string;
}

export interface Tank {
  readonly name: string;
  /** One value a kind, in the order of the kinds. */
  readonly parts: readonly number[];
  readonly total: number;
}

interface Props {
  readonly label: string;
  readonly kinds: readonly TankKind[];
  readonly tanks: readonly Tank[];
  /** Which of the tanks is the fullest, and what it holds, as text. */
  readonly fullest: number;
  readonly amount: string;
  readonly capacity: number;
  /** What the line of the capacity says. */
  readonly limit: string;
  readonly titles: readonly [string, string, string];
  readonly rows: readonly StackRow[];
  readonly onPick: (row: number) => void;
}

const TOP = 42;
const TALL = 232;
const BASE = TOP + TALL;
const ROWS = BASE + 56;
/** Shares of the width: the fullest tank, the names of what is in it, all tanks. */
const BIG = 0.13;
const NAMES = 0.18;
const ALL = 0.46;
/** More than this many tanks are too narrow for a number each. */
const MOST_NUMBERED = 16;

/** Width of the drawing inside, which is stretched to its share of the chart's. */
const WIDE = 1000;

interface FilledProps {
  readonly tanks: readonly Tank[];
  readonly kinds: readonly TankKind[];
  /** The strip of the chart that they fill, and how wide each is, as shares of the chart. */
  readonly from: number;
  readonly to: number;
  readonly width: number;
  readonly fullest?: number;
  readonly capacity: number;
  readonly y: (value: number) => number;
}

/**
 * Tanks side by side. One path draws a kind in all of them, as a browser styles each element anew whose shape changes.
 */
function Filled({ tanks, kinds, from, to, width, fullest, capacity, y }: FilledProps) {
  const pitch = WIDE / tanks.length;
  const wide = (WIDE * width) / (to - from);
  const box = (i: number, low: number, high: number): string =>
    `M${rounded(i * pitch + (pitch - wide) / 2)} ${y(high)}h${rounded(wide)}V${y(low)}h${rounded(-wide)}z`;
  const boxes = (of: (tank: Tank, i: number) => string | null): string =>
    tanks.map((tank, i) => of(tank, i) ?? '').join('');
  const layers = tanks.map(({ parts }) => layered(parts));
  return (
    <svg
      x={percent(from)}
      width={percent(to - from)}
      height={BASE}
      viewBox={`0 0 ${WIDE} ${BASE}`}
      preserveAspectRatio="none"
      overflow="visible"
    >
      <path
        className="tank-wall"
        vectorEffect="non-scaling-stroke"
        d={boxes((_, i) => (i === fullest ? null : box(i, 0, capacity)))}
      />
      {fullest !== undefined && (
        <path
          className="tank-wall"
          vectorEffect="non-scaling-stroke"
          data-fullest
          d={box(fullest, 0, capacity)}
        />
      )}
      {kinds.map(({ label, color }, kind) => (
        <path
          key={label}
          style={{ fill: color }}
          d={boxes((_, i) => {
            const [low, high] = layers[i]?.[kind] ?? [0, 0];
            return high > low ? box(i, low, high) : null;
          })}
        />
      ))}
      <path
        className="tank-over"
        vectorEffect="non-scaling-stroke"
        d={boxes(({ total }, i) => (total > capacity ? box(i, capacity, total) : null))}
      />
    </svg>
  );
}

/** Numbers of all tanks, or of the ends and the fullest where they are many. */
const numbered = (i: number, count: number, fullest: number): boolean =>
  count <= MOST_NUMBERED ||
  i === fullest ||
  ((i === 0 || i === count - 1) && Math.abs(i - fullest) > count / 8);

/**
 * Tanks with one line for what they can hold: the fullest with names, then all of them, then the fullest again as it
 * would be in other cases. As high as it is whatever is in it, so that nothing moves.
 */
export function Tanks(props: Props) {
  const { label, kinds, tanks, fullest, amount, capacity, limit, titles, rows, onPick } = props;
  const big = tanks[fullest];
  const most = Math.max(capacity * 1.06, ...tanks.map(({ total }) => total));
  const y = (value: number): number => Number((BASE - (TALL * value) / most).toFixed(1));
  // Above whatever stands out of the tanks, where nothing is drawn.
  const clear = Math.min(y(capacity), ...tanks.map(({ total }) => y(total))) - 7;
  const cell = (1 - ALL) / tanks.length;
  const reach = Math.max(capacity * 1.06, ...rows.map(({ total }) => total));
  return (
    <svg
      className="chart tanks"
      width="100%"
      height={ROWS + rows.length * ROW_HEIGHT}
      role="img"
      aria-label={label}
    >
      <text className="tank-title" x="0" y="11">
        {titles[0]}
      </text>
      <text className="tank-title" x={percent(ALL)} y="11">
        {titles[1]}
      </text>
      {big && <Filled tanks={[big]} kinds={kinds} from={0} to={BIG} width={BIG} capacity={capacity} y={y} />}
      {big && (
        <text
          className="tank-amount"
          data-over={big.total > capacity || undefined}
          x="0"
          y={y(big.total) - 7}
        >
          {amount}
        </text>
      )}
      {kinds.map((kind, i) => {
        const at = Math.round(BASE - (i + 0.5) * (TALL / kinds.length));
        return (
          <g key={kind.label}>
            <rect x={percent(NAMES)} y={at - 9} width="9" height="9" rx="2" style={{ fill: kind.color }} />
            <text x={percent(NAMES)} dx="14" y={at - 1}>
              {kind.label}
            </text>
            <text className="tank-kind" x={percent(NAMES)} dx="14" y={at + 13}>
              {kind.amount}
            </text>
          </g>
        );
      })}
      <Filled
        tanks={tanks}
        kinds={kinds}
        from={ALL}
        to={1}
        width={Math.min(0.8 * cell, BIG)}
        fullest={fullest}
        capacity={capacity}
        y={y}
      />
      {tanks.map(
        ({ name }, i) =>
          numbered(i, tanks.length, fullest) && (
            <text
              key={name}
              className="tank-name"
              data-fullest={i === fullest || undefined}
              x={percent(ALL + (i + 0.5) * cell)}
              y={BASE + 16}
              textAnchor="middle"
            >
              {name}
            </text>
          ),
      )}
      {[
        [0, BIG],
        [ALL, 1],
      ].map(([from = 0, to = 1]) => (
        <line
          key={from}
          className="tank-limit"
          x1={percent(from)}
          x2={percent(to)}
          y1={y(capacity)}
          y2={y(capacity)}
        />
      ))}
      <text className="tank-limit-name" x="100%" y={clear} textAnchor="end">
        {limit}
      </text>
      <text className="tank-title" x="0" y={ROWS - 14}>
        {titles[2]}
      </text>
      <StackedRows
        rows={rows}
        colors={kinds.map(({ color }) => color)}
        limit={capacity}
        reach={reach}
        top={ROWS}
        onPick={onPick}
      />
    </svg>
  );
}
