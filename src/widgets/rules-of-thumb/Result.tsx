import { memo, useState, type PointerEvent } from 'react';
import { percent } from '#charts';
import { island } from '../frame/Cell.tsx';
import type { ResultProps } from '../frame/types.ts';
import type { Dot } from './catalogued.ts';
import { rulesOfThumbSpec } from './spec.ts';
import { signedShare, type RuleRow, type RulesView } from './view.ts';

const ROW = 76;
/** The line of a row, below its formula and its blame. */
const LINE = 46;
const TOP = 26;
const TICKS = [-1, -0.75, -0.5, -0.25, 0, 0.25, 0.5] as const;
const [LOW, HIGH] = [-1, 0.5] as const;
/** The dots' own grid, stretched over the width. */
const GRID = 1000;
/** A pointer within this many pixels of a dot means that dot. */
const REACH = 16;

const share = (error: number): number => (Math.min(HIGH, Math.max(LOW, error)) - LOW) / (HIGH - LOW);
const place = (error: number): string => percent(share(error));
const lineOf = (row: number): number => TOP + row * ROW + LINE;

/** The catalogue on one rule's line. It stays while the reader's model moves, so it is drawn once. */
const Dots = memo(function Dots({ dots, y }: { readonly dots: readonly Dot[]; readonly y: number }) {
  return (
    <svg
      y={y - 4}
      width="100%"
      height="8"
      viewBox={`0 0 ${GRID} 8`}
      preserveAspectRatio="none"
      overflow="visible"
    >
      <path
        className="rule-dots"
        d={dots.map(({ error }) => `M${Math.round(share(error) * GRID)} 4h0`).join('')}
        vectorEffect="non-scaling-stroke"
      />
    </svg>
  );
});

/** Names of the two ends of a line, where they are far enough apart. */
const Ends = memo(function Ends({ dots, y }: { readonly dots: readonly Dot[]; readonly y: number }) {
  const [first, last] = [dots[0], dots.at(-1)];
  if (!first || !last || last.error - first.error < 0.3) return null;
  return (
    <>
      <text
        className="rule-end"
        x={place(first.error)}
        y={y + 18}
        textAnchor={first.error < -0.7 ? 'start' : 'middle'}
      >
        {first.name}
      </text>
      <text
        className="rule-end"
        x={place(last.error)}
        y={y + 18}
        textAnchor={last.error > 0.1 ? 'end' : 'middle'}
      >
        {last.name}
      </text>
    </>
  );
});

function Row({ row, i, changed }: { readonly row: RuleRow; readonly i: number; readonly changed: boolean }) {
  const y = lineOf(i);
  return (
    <g>
      <text className="chart-row" x="0" y={y - 32}>
        {row.formula}
        <tspan
          className="rule-against"
          data-long={row.formula.length > 8 || undefined}
          dx="7"
        >{`for ${row.against}`}</tspan>
      </text>
      <text className="rule-blame" x="0" y={y - 16}>
        {row.blame}
      </text>
      <line className="rule-line" x1="0" x2="100%" y1={y} y2={y} />
      <Dots dots={row.dots} y={y} />
      <Ends dots={row.dots} y={y} />
      <g className="chart-mine" data-changed={changed || undefined}>
        <circle cx={place(row.error)} cy={y} r={7} />
      </g>
      <text className="chart-total" x="100%" y={y - 32} textAnchor="end">
        {row.shown}
      </text>
    </g>
  );
}

/** The scale under all lines, drawn once. */
const Ticks = memo(function Ticks({ bottom }: { readonly bottom: number }) {
  return (
    <>
      {TICKS.map((tick) => (
        <g
          key={tick}
          className="chart-tick"
          data-zero={tick === 0 || undefined}
          data-between={tick % 0.5 !== 0 || undefined}
        >
          <line x1={place(tick)} x2={place(tick)} y1={TOP - 8} y2={bottom - 4} />
          <text
            x={place(tick)}
            y={bottom + 12}
            textAnchor={tick === LOW ? 'start' : tick === HIGH ? 'end' : 'middle'}
          >
            {tick === 0 ? 'exact' : signedShare(tick)}
          </text>
        </g>
      ))}
    </>
  );
});

interface Near {
  readonly row: number;
  readonly dot: Dot;
}

/** The dot under the pointer; null where there is none. */
function nearest(rows: readonly RuleRow[], event: PointerEvent<SVGSVGElement>): Near | null {
  const box = event.currentTarget.getBoundingClientRect();
  const y = event.clientY - box.top;
  const row = rows.findIndex((_, i) => Math.abs(lineOf(i) - y) < REACH);
  const x = (dot: Dot): number => Math.abs(share(dot.error) * box.width - (event.clientX - box.left));
  const dot = rows[row]?.dots.reduce<Dot | null>((a, b) => (a && x(a) <= x(b) ? a : b), null);
  return dot && x(dot) < REACH ? { row, dot } : null;
}

/** One line a rule: every catalogued model as a grey dot, the reader's as a large one, and what its error is made of. */
function Result({ view, initial }: ResultProps<RulesView>) {
  const [near, setNear] = useState<Near | null>(null);
  const bottom = TOP + view.rows.length * ROW;
  return (
    <>
      <div className="rules">
        <svg
          className="chart"
          width="100%"
          height={bottom + 22}
          role="img"
          aria-label={view.rows
            .map(({ formula, shown, blame }) => `${formula} ${shown}: ${blame}`)
            .join('. ')}
          onPointerMove={(event) => setNear(nearest(view.rows, event))}
          onPointerLeave={() => setNear(null)}
        >
          <rect className="rule-ground" width="100%" height={bottom} />
          <Ticks bottom={bottom} />
          {view.rows.map((row, i) => (
            <Row key={row.id} row={row} i={i} changed={row.error !== initial.rows[i]?.error} />
          ))}
          {near && <circle className="chart-found" cx={place(near.dot.error)} cy={lineOf(near.row)} r={6} />}
        </svg>
      </div>
      <p className="cell-caution cell-note">
        {near
          ? `${near.dot.name}: ${signedShare(near.dot.error)} by ${view.rows[near.row]?.formula ?? ''}.`
          : view.note}
      </p>
    </>
  );
}

export default island(rulesOfThumbSpec, Result);
