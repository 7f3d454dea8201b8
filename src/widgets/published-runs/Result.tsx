import { Scatter, type Axis } from '#charts';
import { formatQuantity, short } from '#format';
import { island } from '../frame/Cell.tsx';
import { sentenceText } from '../frame/Sentence.tsx';
import type { ResultProps } from '../frame/types.ts';
import { publishedRunsSpec } from './spec.ts';
import { GENERATIONS, type RunsView } from './view.ts';

const COLORS = ['var(--s6)', 'var(--s1)', 'var(--s2)', 'var(--s3)'];

const AXES: Readonly<Record<RunsView['along'], Axis>> = {
  parameters: {
    label: 'parameters (all of them, for experts too)',
    scale: 'log',
    domain: [1e8, 2e12],
    ticks: [1e8, 1e9, 1e10, 1e11, 1e12],
    format: (value) => short(value),
  },
  gpus: {
    label: 'GPUs',
    scale: 'log',
    domain: [1, 20_000],
    ticks: [1, 10, 100, 1000, 10_000],
    format: (value) => formatQuantity({ value, unit: 'GPU' }),
  },
  year: {
    label: 'year of publication',
    scale: 'linear',
    domain: [2018.5, 2027],
    ticks: [2020, 2022, 2024, 2026],
    format: String,
  },
};

/** Where the dot may stop: numbers that a person would have typed. */
const ROUND: Readonly<Record<RunsView['along'], (value: number) => number>> = {
  parameters: (value) => Number(value.toPrecision(2)),
  gpus: (value) => Math.max(1, Math.round(value / 8) * 8 || Math.round(value)),
  year: Math.round,
};

const MFU: Axis = {
  label: 'MFU',
  scale: 'linear',
  domain: [0, 0.85],
  ticks: [0, 0.2, 0.4, 0.6, 0.8],
  format: (value) => formatQuantity({ value, unit: 'ratio' }),
};

/** The cloud of published runs, coloured by generation, with the reader's run in it. */
function Result({ view, initial, onMove }: ResultProps<RunsView>) {
  const changed = view.mine.x !== initial.mine.x || view.mine.y !== initial.mine.y;
  return (
    <Scatter
      key={view.along}
      label={sentenceText(view)}
      points={view.points}
      groups={GENERATIONS.map((label, i) => ({ label, color: COLORS[i] ?? 'var(--s6)' }))}
      x={AXES[view.along]}
      y={MFU}
      mine={{ ...view.mine, changed }}
      onMove={(x, y) =>
        onMove({ efficiency: Math.max(0.01, Number(y.toFixed(2))), [view.along]: ROUND[view.along](x) })
      }
    />
  );
}

export default island(publishedRunsSpec, Result);
