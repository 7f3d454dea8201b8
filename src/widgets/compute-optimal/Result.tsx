import { computeOptimal, type ScalingLawId } from '#estimator';
import { Plot, type Axis, type PlotLine, type PlotMark } from '#charts';
import { formatQuantity, significant } from '#format';
import { island } from '../frame/Cell.tsx';
import { sentenceText } from '../frame/Sentence.tsx';
import type { ResultProps } from '../frame/types.ts';
import { NAMED } from './models.ts';
import { computeOptimalSpec } from './spec.ts';
import { shownOf, type LawLine, type OptimalView } from './view.ts';

const COLORS: Readonly<Record<ScalingLawId, string>> = {
  kaplan: 'var(--s5)',
  'hoffmann-1': 'var(--s1)',
  'hoffmann-2': 'var(--s3)',
  'hoffmann-3': 'var(--s4)',
  besiroglu: 'var(--s2)',
};

const decades = (low: number, high: number, step = 1): number[] =>
  Array.from({ length: Math.floor((high - low) / step) + 1 }, (_, i) => 10 ** (low + i * step));

const SUPERSCRIPT = '⁰¹²³⁴⁵⁶⁷⁸⁹';
const power = (value: number): string =>
  `10${[...String(Math.round(Math.log10(value)))].map((digit) => SUPERSCRIPT[Number(digit)]).join('')}`;

const axis = (label: string, low: number, high: number, format: Axis['format'], step = 1): Axis => ({
  label,
  scale: 'log',
  domain: [10 ** low, 10 ** high],
  ticks: decades(low, high, step),
  format,
});

const X = axis('training FLOP, 6ND', 17, 27, power, 2);
const Y: Readonly<Record<OptimalView['show'], Axis>> = {
  parameters: axis('parameters', 7, 13, (value) => formatQuantity({ value, unit: 'size' })),
  tokens: axis('tokens', 8, 15, (value) => formatQuantity({ value, unit: 'token' })),
  ratio: axis('tokens for each parameter', -1, 5, (value) => significant(value)),
};

/** A law between two budgets, as two points: it is straight on this paper. */
function linesOf({ law, tested: [low, high] }: LawLine, { show, chosen }: OptimalView): PlotLine[] {
  const at = (flops: number): readonly [number, number] => {
    const answer = computeOptimal(law.id, flops);
    return [flops, answer.ok ? shownOf(show, answer.value) : 1];
  };
  const [start, end] = X.domain;
  const color = COLORS[law.id];
  const between = (a: number, b: number): PlotLine['points'] => [
    at(Math.max(a, start)),
    at(Math.min(b, end)),
  ];
  return [
    { label: `${law.id} below`, color, style: 'dashed', points: between(start, low) },
    {
      label: law.id,
      color,
      points: between(low, high),
      ...(law.id === chosen && { style: 'strong' as const }),
    },
    { label: `${law.id} above`, color, style: 'dashed', points: between(high, end) },
  ];
}

/** Models as dots, laws as lines, the budget as an upright line with a ring where it meets each law. */
function Result({ view }: ResultProps<OptimalView>) {
  const y = Y[view.show];
  const budget: PlotLine = {
    label: 'budget',
    color: 'var(--ink)',
    points: [
      [view.flops, y.domain[0]],
      [view.flops, y.domain[1]],
    ],
  };
  const at = (model: OptimalView['models'][number]) => [model.flops, shownOf(view.show, model)] as const;
  const named: PlotMark[] = view.models
    .filter(({ name }) => NAMED.has(name))
    .map((model) => ({ x: at(model)[0], y: at(model)[1], color: 'var(--ink)', name: model.name }));
  const dots = [
    { color: 'var(--ink-2)', points: view.models.filter(({ experts }) => !experts).map(at) },
    { color: 'var(--rule-strong)', points: view.models.filter(({ experts }) => experts).map(at) },
  ];
  const answers: PlotMark[] = view.lines.map(({ law, answer }) => ({
    x: view.flops,
    y: shownOf(view.show, answer),
    color: COLORS[law.id],
    strong: law.id === view.chosen,
  }));
  return (
    <>
      <Plot
        label={sentenceText(view)}
        x={X}
        y={y}
        lines={[budget, ...view.lines.flatMap((line) => linesOf(line, view))]}
        marks={[...named, ...answers]}
        dots={dots}
        height={340}
        legend={[
          ...view.lines.map(({ law }) => ({ label: law.short, color: COLORS[law.id] })),
          { label: 'trained models', color: 'var(--ink-2)' },
          { label: 'of experts', color: 'var(--rule-strong)' },
        ]}
      />
      <p className="cell-caution cell-note">{view.note}</p>
    </>
  );
}

export default island(computeOptimalSpec, Result);
