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

function Filled({
  tank,
  kinds,
  x,
  width,
  capacity,
  y,
}: {
  readonly tank: Tank;
  readonly kinds: readonly TankKind[];
  readonly x: number;
  readonly width: number;
  readonly capacity: number;
  readonly y: (value: number) => number;
}) {
  const over = tank.total > capacity;
  return (
    <g className="tank" data-over={over || undefined}>
      <rect
        className="tank-wall"
        x={percent(x)}
        y={y(capacity)}
        width={percent(width)}
        height={rounded(BASE - y(capacity))}
      />
      {layered(tank.parts).map(([from, to], i) =>
        to > from ? (
          <rect
            key={i}
            x={percent(x)}
            y={y(to)}
            width={percent(width)}
            height={rounded(y(from) - y(to))}
            style={{ fill: kinds[i]?.color }}
          />
        ) : null,
      )}
      {over && (
        <rect
          className="tank-over"
          x={percent(x)}
          y={y(tank.total)}
          width={percent(width)}
          height={rounded(y(capacity) - y(tank.total))}
        />
      )}
    </g>
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
  const width = Math.min(0.8 * cell, BIG);
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
      {big && <Filled tank={big} kinds={kinds} x={0} width={BIG} capacity={capacity} y={y} />}
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
        const at = BASE - (i + 0.5) * (TALL / kinds.length);
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
      {tanks.map((tank, i) => {
        const x = ALL + i * cell + (cell - width) / 2;
        return (
          <g key={tank.name} data-fullest={i === fullest || undefined}>
            <Filled tank={tank} kinds={kinds} x={x} width={width} capacity={capacity} y={y} />
            {numbered(i, tanks.length, fullest) && (
              <text className="tank-name" x={percent(x + width / 2)} y={BASE + 16} textAnchor="middle">
                {tank.name}
              </text>
            )}
          </g>
        );
      })}
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
