import { axisFromZero, percent } from './scale.ts';

export interface BarPart {
  readonly label: string;
  readonly value: number;
  /** CSS colour, by meaning: `var(--c-model)`. */
  readonly color: string;
  /** Written beside its label, such as `+0.6 days`. */
  readonly amount: string;
}

interface Props {
  readonly label: string;
  readonly parts: readonly BarPart[];
  readonly total: string;
  /** Where the page's own scenario ends, and a range around the total, in the same unit. */
  readonly ghost?: number | undefined;
  readonly range?: { readonly low: number; readonly high: number } | undefined;
  readonly tick: (value: number) => string;
  /** Unit of the axis, written at its origin. */
  readonly origin: string;
  /** Size of one axis unit in the parts' unit, so that ticks fall on round days. */
  readonly unit: number;
  /** Fixed end of the axis, such as the whole peak; otherwise it follows what is drawn. */
  readonly max?: number;
}

const BAR = { top: 26, height: 34 };
const LINE = 19;

/**
 * One quantity carved into parts, on a scale from zero. Positions are percentages, so the picture fits any width
 * while its text keeps its size; part labels hang below on leaders because thin parts cannot hold them.
 */
export function Bar({ label, parts, total, ghost, range, tick, origin, unit, max }: Props) {
  const sum = parts.reduce((s, p) => s + p.value, 0);
  const reach = Math.max(sum * 1.12, range?.high ?? 0, ghost ?? 0);
  const { ticks, scale } = axisFromZero((max ?? reach) / unit, 4, max !== undefined);
  const x = (value: number): number => scale(value / unit) * 100;
  const at = (place: number): string => percent(place / 100);
  const placed = parts.map((part, i) => {
    const start = parts.slice(0, i).reduce((s, p) => s + p.value, 0);
    return { ...part, x: x(start), width: x(start + part.value) - x(start) };
  });
  const thin = placed.slice(1).filter((p) => p.value > 0);
  const below = BAR.top + BAR.height;
  const axis = below + 12 + Math.max(2, thin.length) * LINE + (range ? LINE : 0);
  const head = placed[0];
  return (
    <svg className="chart" width="100%" height={axis + 24} role="img" aria-label={label}>
      {ticks.map((value) => (
        <g key={value} className="chart-tick">
          <line x1={percent(scale(value))} x2={percent(scale(value))} y1={BAR.top - 6} y2={axis + 4} />
          <text
            x={percent(scale(value))}
            y={axis + 18}
            textAnchor={value === 0 ? 'start' : scale(value) > 0.97 ? 'end' : 'middle'}
          >
            {value === 0 ? origin : tick(value)}
          </text>
        </g>
      ))}
      {placed.map((part) => (
        <rect
          key={part.label}
          x={at(part.x)}
          y={BAR.top}
          width={at(Math.max(part.width, 0))}
          height={BAR.height}
          style={{ fill: part.color }}
        />
      ))}
      {head && (
        <text
          className="chart-on-bar"
          x={at(head.x + 1.2)}
          y={BAR.top + BAR.height / 2}
          dominantBaseline="central"
        >
          {head.width > 38 ? `${head.label} · ${head.amount}` : head.amount}
        </text>
      )}
      {ghost !== undefined && (
        <g className="chart-ghost">
          <line x1={at(x(ghost))} x2={at(x(ghost))} y1={BAR.top - 10} y2={below + 6} />
          {x(ghost) > x(sum) + 24 && (
            <text
              x={at(x(ghost))}
              dx={-7}
              y={BAR.top + BAR.height / 2}
              textAnchor="end"
              dominantBaseline="central"
            >
              before
            </text>
          )}
        </g>
      )}
      <text
        className="chart-total"
        x={at(x(sum))}
        y={BAR.top - 9}
        textAnchor={x(sum) > 88 ? 'end' : 'middle'}
      >
        {total}
      </text>
      {thin.map((part, i) => {
        const y = below + 16 + i * LINE;
        const middle = part.x + part.width / 2;
        const left = middle > 45;
        return (
          <g key={part.label} className="chart-leader">
            <line x1={at(middle)} x2={at(middle)} y1={below + 1} y2={y} style={{ stroke: part.color }} />
            <text
              x={at(middle)}
              dx={left ? -7 : 7}
              y={y}
              textAnchor={left ? 'end' : 'start'}
              dominantBaseline="central"
            >
              {part.label} {part.amount}
            </text>
          </g>
        );
      })}
      {range && (
        <g className="chart-range">
          <line x1={at(x(range.low))} x2={at(x(range.high))} y1={axis - 8} y2={axis - 8} />
          <line x1={at(x(range.low))} x2={at(x(range.low))} y1={axis - 12} y2={axis - 4} />
          <line x1={at(x(range.high))} x2={at(x(range.high))} y1={axis - 12} y2={axis - 4} />
        </g>
      )}
    </svg>
  );
}
