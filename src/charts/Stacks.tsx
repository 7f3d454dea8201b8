import { percent } from './scale.ts';

export interface StackRow {
  readonly key: string;
  readonly name: string;
  /** Behind the name, and at the far end of the line. */
  readonly amount: string;
  readonly aside: string;
  /** A second line under the name. */
  readonly detail?: string;
  /** One value a colour, from the left. */
  readonly parts: readonly number[];
  readonly total: number;
  readonly current: boolean;
}

interface RowsProps {
  readonly rows: readonly StackRow[];
  readonly colors: readonly string[];
  /** A line through all rows; null for none. */
  readonly limit: number | null;
  /** What the whole width is. */
  readonly reach: number;
  readonly top: number;
  readonly onPick: (row: number) => void;
}

const LINE = 16;
const BAR = 11;
export const ROW_HEIGHT = 40;
export const TALL_ROW_HEIGHT = ROW_HEIGHT + LINE;

/** Where each part of a stack begins and ends. */
export const layered = (parts: readonly number[]): readonly (readonly [from: number, to: number])[] => {
  let below = 0;
  return parts.map((part) => [below, (below += part)] as const);
};

/** Quantities made of parts, below each other on one scale, each with its name and numbers above it. */
export function StackedRows({ rows, colors, limit, reach, top, onPick }: RowsProps) {
  return rows.map(({ key, name, amount, aside, detail, parts, total, current }, r) => {
    const pitch = detail === undefined ? ROW_HEIGHT : TALL_ROW_HEIGHT;
    const y = top + r * pitch;
    const bar = y + pitch - BAR - 9;
    return (
      <g
        key={key}
        className="stack-row"
        data-current={current || undefined}
        data-over={(limit !== null && total > limit) || undefined}
        onClick={() => onPick(r)}
      >
        <rect className="stack-hit" x="0" y={y} width="100%" height={pitch} />
        <text className="stack-name" x="0" y={y + 14}>
          {name}
          <tspan className="stack-amount" dx="8">
            {amount}
          </tspan>
        </text>
        <text className="stack-aside" x="100%" y={y + 14} textAnchor="end">
          {aside}
        </text>
        {detail !== undefined && (
          <text x="0" y={y + 14 + LINE}>
            {detail}
          </text>
        )}
        {layered(parts).map(([from, to], i) =>
          to > from ? (
            // A line, as thick as the bar: unlike a rectangle's, its ends are no matter of style to the browser.
            <line
              key={i}
              x1={percent(from / reach)}
              x2={percent(to / reach)}
              y1={bar + BAR / 2}
              y2={bar + BAR / 2}
              strokeWidth={BAR}
              style={{ stroke: colors[i] }}
              className="stack-part"
            />
          ) : null,
        )}
        {limit !== null && limit < reach && (
          <line
            className="tank-limit"
            x1={percent(limit / reach)}
            x2={percent(limit / reach)}
            y1={bar - 4}
            y2={bar + BAR + 4}
          />
        )}
      </g>
    );
  });
}

/** Such rows as a picture of their own. */
export function Stacks(props: Omit<RowsProps, 'top'> & { readonly label: string }) {
  const { label, rows } = props;
  const pitch = rows[0]?.detail === undefined ? ROW_HEIGHT : TALL_ROW_HEIGHT;
  return (
    <svg className="chart" width="100%" height={rows.length * pitch + 4} role="img" aria-label={label}>
      <StackedRows {...props} top={0} />
    </svg>
  );
}
