import { Legend, percent } from '#charts';
import { formatQuantity } from '#format';
import { island } from '../frame/Cell.tsx';
import { sentenceText } from '../frame/Sentence.tsx';
import type { ResultProps } from '../frame/types.ts';
import type { BitField } from './bits.ts';
import { numberLabSpec } from './spec.ts';
import type { LabView } from './view.ts';

const ROLES: readonly (readonly [BitField['role'], string, string])[] = [
  ['sign', 'sign', 'var(--s6)'],
  ['exponent', 'exponent', 'var(--s2)'],
  ['fraction', 'fraction', 'var(--s1)'],
  ['scale', 'scale of the block', 'var(--s3)'],
];
const COLOR = Object.fromEntries(ROLES.map(([role, , color]) => [role, color]));

const real = (value: number, digits = 4): string => formatQuantity({ value, unit: 'real', digits });

/** Bits in a row: as many as fit a phone at a size that can be read. */
const IN_ROW = 32;
const BOX = 22;
const LINE_TOP = 58;
const ROWS_TOP = 158;
const ROW = 24;
/** Pixels by which a second row of bits pushes down what follows. */
const lower = ({ bits }: LabView): number =>
  bits.reduce((n, field) => n + field.bits.length, 0) > IN_ROW ? BOX + 4 : 0;
/** The ruler, in doublings: from below FP32's smallest number to beyond its largest. */
const RULER = { low: -154, high: 134 };
const MARKS = [-40, -30, -20, -10, 0, 10, 20, 30];

/** A format's fields as boxes of one bit each. */
function Bits({ view }: { readonly view: LabView }) {
  const bits = view.bits.flatMap(({ role, bits: text }, i) => [
    // A block's scale is stored apart from its elements.
    ...(role === 'scale' && i > 0 ? [{ role: 'gap', bit: '' }] : []),
    ...[...text].map((bit) => ({ role, bit })),
  ]);
  return (
    <g className="bits">
      <text className="bits-name" x="0" y="12">
        {view.name}
      </text>
      <text className="bits-hex" x="100%" y="12" textAnchor="end">
        {view.hex}
      </text>
      {bits.map(({ role, bit }, i) => {
        const x = (i % IN_ROW) / IN_ROW;
        const y = 20 + Math.floor(i / IN_ROW) * (BOX + 4);
        return role === 'gap' ? null : (
          <g key={i}>
            <rect
              x={percent(x)}
              y={y}
              width={percent(0.9 / IN_ROW)}
              height={BOX}
              rx="2"
              style={{ fill: COLOR[role], fillOpacity: bit === '1' ? 1 : 0.22 }}
            />
            <text
              className={bit === '1' ? 'bit-on' : 'bit-off'}
              x={percent(x + 0.45 / IN_ROW)}
              y={y + BOX / 2 + 0.5}
              textAnchor="middle"
              dominantBaseline="central"
            >
              {bit}
            </text>
          </g>
        );
      })}
    </g>
  );
}

/** The numbers that the format has around the value. */
function NumberLine({ view }: { readonly view: LabView }) {
  const { line, value, stored } = view;
  const base = LINE_TOP + 40 + lower(view);
  if (!line) {
    return (
      <text x="0" y={base}>
        Nothing but zero is left of this block.
      </text>
    );
  }
  const place = (x: number): number => Math.min(1, Math.max(0, (x - line.low) / (line.high - line.low)));
  const at = place(value);
  const anchor = at > 0.75 ? 'end' : at < 0.25 ? 'start' : 'middle';
  return (
    <g className="numbers">
      <line className="numbers-line" x1="0" x2="100%" y1={base} y2={base} />
      {line.ticks.map((tick) => (
        <line
          key={tick}
          className="numbers-tick"
          x1={percent(place(tick))}
          x2={percent(place(tick))}
          y1={base - 9}
          y2={base}
        />
      ))}
      <text className="numbers-value" x={percent(at)} y={base - 22} textAnchor={anchor}>
        {value > line.high ? `${real(value)} →` : real(value)}
      </text>
      <line className="numbers-mark" x1={percent(at)} x2={percent(at)} y1={base - 17} y2={base} />
      {stored !== null && <circle className="numbers-stored" cx={percent(place(stored))} cy={base} r="5" />}
      <text x="0" y={base + 20}>
        {real(line.low, 5)}
      </text>
      <text x="100%" y={base + 20} textAnchor="end">
        {`a step is ${real(view.step, 3)} here`}
      </text>
    </g>
  );
}

const log2At = (value: number): number =>
  Math.min(1, Math.max(0, (Math.log2(value) - RULER.low) / (RULER.high - RULER.low)));

/** Every format's range on one logarithmic ruler, with what the value becomes in it. */
function Ruler({
  view,
  onChoose,
}: {
  readonly view: LabView;
  readonly onChoose: (id: LabView['chosen']) => void;
}) {
  const head = ROWS_TOP + lower(view);
  const foot = head + view.rows.length * ROW;
  const x = percent(log2At(view.value));
  return (
    <g className="ruler">
      {MARKS.map((power) => (
        <g key={power} className="chart-tick">
          <line
            x1={percent(log2At(10 ** power))}
            x2={percent(log2At(10 ** power))}
            y1={head - 4}
            y2={foot + 2}
          />
          <text x={percent(log2At(10 ** power))} y={foot + 17} textAnchor="middle">
            {power === 0
              ? '1'
              : `10${String(power)
                  .replace('-', '⁻')
                  .replace(/\d/g, (d) => '⁰¹²³⁴⁵⁶⁷⁸⁹'[Number(d)] ?? '')}`}
          </text>
        </g>
      ))}
      {view.rows.map(({ id, name, fate, shown, range }, i) => {
        const y = head + i * ROW;
        const [low, normal, high] = range ? [range.low, range.normal, range.high].map(log2At) : [];
        return (
          <g
            key={id}
            className="ruler-row"
            data-chosen={id === view.chosen || undefined}
            data-lost={(fate !== 'exact' && fate !== 'rounded') || undefined}
            onClick={() => onChoose(id)}
          >
            <rect className="ruler-hit" x="0" y={y} width="100%" height={ROW} />
            {low !== undefined && normal !== undefined && high !== undefined && (
              <>
                <rect
                  className="ruler-subnormal"
                  x={percent(low)}
                  y={y + 3}
                  width={percent(Math.max(0, normal - low))}
                  height={ROW - 6}
                />
                <rect
                  className="ruler-normal"
                  x={percent(normal)}
                  y={y + 3}
                  width={percent(Math.max(0.002, high - normal))}
                  height={ROW - 6}
                />
              </>
            )}
            <text className="ruler-name" x="4" y={y + ROW / 2} dominantBaseline="central">
              {name}
            </text>
            <text
              className="ruler-shown"
              x="100%"
              dx="-4"
              y={y + ROW / 2}
              textAnchor="end"
              dominantBaseline="central"
            >
              {shown}
            </text>
          </g>
        );
      })}
      <line className="numbers-mark" x1={x} x2={x} y1={head - 8} y2={foot} />
    </g>
  );
}

/** The bits of one format, the numbers around the value in it, and where the value lies in the range of all. */
function Result({ view, onMove }: ResultProps<LabView>) {
  return (
    <div className="lab">
      <Legend entries={ROLES.map(([, label, color]) => ({ label, color }))} />
      <svg
        className="chart lab-chart"
        width="100%"
        height={ROWS_TOP + lower(view) + view.rows.length * ROW + 24}
        role="img"
        aria-label={sentenceText(view)}
      >
        <Bits view={view} />
        <NumberLine view={view} />
        <Ruler view={view} onChoose={(labFormat) => onMove({ labFormat })} />
      </svg>
      <p className="cell-caution">
        Bars reach from the smallest to the largest number of each format; the pale part is subnormal and has
        fewer significant bits. FP64 goes on beyond both ends.
      </p>
    </div>
  );
}

export default island(numberLabSpec, Result);
