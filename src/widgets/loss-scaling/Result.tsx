import { Legend, percent } from '#charts';
import { island } from '../frame/Cell.tsx';
import { sentenceText } from '../frame/Sentence.tsx';
import type { ResultProps } from '../frame/types.ts';
import { lossScalingSpec } from './spec.ts';
import { AXIS, type Bin, type LossView } from './view.ts';

const FATES: readonly (readonly [Bin['fate'], string, string])[] = [
  ['flushed', 'rounded to zero', 'var(--c-lost)'],
  ['subnormal', 'subnormal: fewer bits', 'var(--c-extra)'],
  ['normal', 'full precision', 'var(--c-model)'],
  ['overflowed', 'overflow', 'var(--error)'],
];
const COLOR = Object.fromEntries(FATES.map(([fate, , color]) => [fate, color]));

const HEIGHT = 190;
const TOP = 12;
const BAND = 22;
const FOOT = TOP + HEIGHT;
const TICKS = [-40, -30, -20, -10, 0, 10, 20];

const at = (exponent: number): number =>
  Math.min(1, Math.max(0, (exponent - AXIS.low) / (AXIS.high - AXIS.low)));
const SUPER = '⁰¹²³⁴⁵⁶⁷⁸⁹';
const power = (exponent: number): string =>
  `2${String(exponent)
    .replace('-', '⁻')
    .replace(/\d/g, (d) => SUPER[Number(d)] ?? '')}`;

/** The histogram of gradients over the ranges of the formats; scaling moves the one across the others. */
function Result({ view }: ResultProps<LossView>) {
  const { bins, bands, format, scale } = view;
  const most = Math.max(1e-9, ...bins.map((bin) => Math.max(bin.share, bin.before)));
  const height = (share: number): number => Math.round((share / most) * HEIGHT * 10) / 10;
  const width = 1 / bins.length;
  const chosen = bands.find(({ name }) => name === format);
  const bottom = FOOT + 40 + bands.length * BAND;
  return (
    <div className="lab">
      <Legend entries={FATES.map(([, label, color]) => ({ label, color }))} />
      <svg
        className="chart lab-chart"
        width="100%"
        height={bottom + 4}
        role="img"
        aria-label={sentenceText(view)}
      >
        {TICKS.map((exponent) => (
          <g key={exponent} className="chart-tick">
            <line x1={percent(at(exponent))} x2={percent(at(exponent))} y1={FOOT} y2={bottom} />
            <text x={percent(at(exponent))} y={FOOT + 17} textAnchor="middle">
              {exponent === 0 ? '1' : power(exponent)}
            </text>
          </g>
        ))}
        {bins.map(({ exponent, share, before, fate }) => (
          <g key={exponent}>
            <rect
              x={percent(at(exponent) + width * 0.08)}
              width={percent(width * 0.84)}
              y={FOOT - height(share)}
              height={height(share)}
              style={{ fill: COLOR[fate] }}
            />
            {scale !== 1 && before > most / 400 && (
              <line
                className="loss-before"
                x1={percent(at(exponent))}
                x2={percent(at(exponent) + width)}
                y1={FOOT - height(before)}
                y2={FOOT - height(before)}
              />
            )}
          </g>
        ))}
        <line className="numbers-line" x1="0" x2="100%" y1={FOOT} y2={FOOT} />
        {chosen &&
          [
            [chosen.zero, 'zero'],
            [chosen.top, 'largest'],
          ].map(([edge, label]) => {
            const place = at(Number(edge));
            return place > 0 && place < 1 ? (
              <g key={label}>
                <line
                  className="loss-edge"
                  x1={percent(place)}
                  x2={percent(place)}
                  y1={TOP - 6}
                  y2={bottom}
                />
                <text
                  className="loss-label"
                  x={label === 'zero' ? percent(place) : '100%'}
                  dx={label === 'zero' ? -6 : 0}
                  y={TOP + 4}
                  textAnchor="end"
                >
                  {label === 'zero' ? '← zero' : 'too large →'}
                </text>
              </g>
            ) : null;
          })}
        {bands.map(({ name, zero, normal, top }, i) => {
          const y = FOOT + 34 + i * BAND;
          return (
            <g key={name} className="ruler-row" data-chosen={name === format || undefined}>
              <rect
                className="ruler-subnormal"
                x={percent(at(zero))}
                width={percent(at(normal) - at(zero))}
                y={y}
                height={BAND - 5}
              />
              <rect
                className="ruler-normal"
                x={percent(at(normal))}
                width={percent(at(top) - at(normal))}
                y={y}
                height={BAND - 5}
              />
              <text
                className="ruler-name"
                x={percent(at(normal))}
                dx="6"
                y={y + (BAND - 5) / 2}
                dominantBaseline="central"
              >
                {name}
              </text>
            </g>
          );
        })}
      </svg>
      <p className="cell-caution">
        One bar for each doubling of size; dashes, once they part from the bars, are the gradients before
        scaling. Below, what each format can hold: BF16 goes on beyond both ends.
      </p>
    </div>
  );
}

export default island(lossScalingSpec, Result);
