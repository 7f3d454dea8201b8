import { Plot, Ratios, type PlotMark, type Axis } from '#charts';
import { formatQuantity } from '#format';
import type { Changes } from '#scenario';
import { island } from '../frame/Cell.tsx';
import { sentenceText } from '../frame/Sentence.tsx';
import type { ResultProps } from '../frame/types.ts';
import { generationExplorerSpec } from './spec.ts';
import type { ExplorerDot, ExplorerView } from './view.ts';

const YEARS: Axis = {
  label: 'year of announcement',
  scale: 'linear',
  domain: [2011.4, 2026.6],
  ticks: [2012, 2014, 2016, 2018, 2020, 2022, 2024, 2026],
  format: String,
};

/** Pairs that are worth a button: what the export cards lost, and the steps between generations. */
const PAIRS: readonly (readonly [label: string, cardA: string, cardB: string])[] = [
  ['P100 → H100', 'p100-sxm2-16gb', 'h100-sxm5-80gb'],
  ['V100 → A100', 'v100-sxm2-16gb', 'a100-sxm4-80gb'],
  ['A100 → A800', 'a100-sxm4-80gb', 'a800-sxm4-80gb'],
  ['H100 → H800', 'h100-sxm5-80gb', 'h800-sxm5-80gb'],
  ['H100 → H20', 'h100-sxm5-80gb', 'h20-sxm5-96gb'],
  ['B200 → B300', 'b200-sxm-180gb', 'b300-sxm-270gb'],
  ['GB300 → Rubin', 'gb300-nvl72-279gb', 'rubin-nvl72-288gb'],
];

const COLOR = { first: 'var(--s2)', second: 'var(--s1)', other: 'var(--s6)' } as const;

/** Whole decades around all values. */
function axisOf({ dots, charted, unit, perWatt }: ExplorerView): Axis {
  const values = dots.map(({ value }) => value);
  const low = Math.floor(Math.log10(Math.min(...values)));
  const high = Math.max(low + 1, Math.ceil(Math.log10(Math.max(...values)) + 0.08));
  const decades = Array.from({ length: high - low + 1 }, (_, i) => 10 ** (low + i));
  return {
    label: `${charted}${perWatt ? ' (of the power limit)' : ''}`,
    scale: 'log',
    domain: [10 ** low, 10 ** high],
    ticks: decades,
    format: (value) =>
      formatQuantity({ value, unit })
        .replace(/FLOP\/(s|byte)$|\/s$/, '')
        .trim(),
  };
}

/** The line of doubling every year through one dot, within the plot. */
function doubling(from: ExplorerDot, [low, high]: readonly [number, number]): [number, number][] {
  const [start, end] = YEARS.domain;
  const at = (year: number): number => from.value * 2 ** (year - from.year);
  const when = (value: number): number => from.year + Math.log2(value / from.value);
  const a = Math.max(start, when(low));
  const b = Math.min(end, when(high));
  return a < b
    ? [
        [a, at(a)],
        [b, at(b)],
      ]
    : [];
}

function Result({ view, onMove }: ResultProps<ExplorerView>) {
  const y = axisOf(view);
  const start = view.dots.find(({ of }) => of === 'first') ?? view.dots[0];
  const marks: PlotMark[] = [...view.dots]
    .sort((a, b) => Number(a.of !== null) - Number(b.of !== null))
    .map((dot) => ({
      x: dot.year,
      y: dot.value,
      color: COLOR[dot.of ?? 'other'],
      ...(dot.named && { name: dot.name }),
      ...(dot.of && { strong: true }),
      ...(dot.preliminary && { hollow: true }),
    }));
  const pick = (cardA: string, cardB: string): Changes => ({ cardA, cardB });
  return (
    <>
      <Plot
        label={`${view.charted}, every card by year. ${sentenceText(view)}`}
        x={YEARS}
        y={y}
        marks={marks}
        lines={
          start
            ? [
                {
                  label: 'doubling',
                  color: 'var(--ink-2)',
                  style: 'dashed',
                  points: doubling(start, y.domain),
                },
              ]
            : []
        }
        legend={[
          { label: view.first.name, color: COLOR.first },
          { label: view.second.name, color: COLOR.second },
          ...(view.dots.some(({ preliminary }) => preliminary)
            ? [{ label: 'preliminary figures', color: COLOR.other, hollow: true }]
            : []),
          {
            label: `doubling every year from ${start?.name ?? view.first.short}`,
            color: 'var(--ink-2)',
            dashed: true,
          },
        ]}
      />
      <div className="chart-picks needs-script" role="group" aria-label="Pairs of cards">
        {PAIRS.map(([label, cardA, cardB]) => (
          <button key={label} type="button" onClick={() => onMove(pick(cardA, cardB))}>
            {label}
          </button>
        ))}
      </div>
      <Ratios
        label={`${view.second.name} over ${view.first.name}: ${view.ratios.map((r) => `${r.label} ${r.text}`).join(', ')}.`}
        rows={view.ratios}
        first={view.first.short}
        second={view.second.short}
      />
    </>
  );
}

export default island(generationExplorerSpec, Result);
