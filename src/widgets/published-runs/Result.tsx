import { Scatter, type ScatterAxis } from '#charts';
import { formatQuantity, short } from '#format';
import { island } from '../frame/Cell.tsx';
import type { ResultProps } from '../frame/types.ts';
import { publishedRunsSpec } from './spec.ts';
import { GENERATIONS, type RunsView } from './view.ts';

const COLORS = ['var(--s6)', 'var(--s1)', 'var(--s2)', 'var(--s3)'];

const AXES: Readonly<Record<RunsView['along'], ScatterAxis>> = {
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

const MFU: ScatterAxis = {
  label: 'MFU',
  scale: 'linear',
  domain: [0, 0.85],
  ticks: [0, 0.2, 0.4, 0.6, 0.8],
  format: (value) => formatQuantity({ value, unit: 'ratio' }),
};

/** The cloud of published runs, coloured by generation, with the reader's run in it. */
function Result({ view, initial }: ResultProps<RunsView>) {
  const changed = view.mine.x !== initial.mine.x || view.mine.y !== initial.mine.y;
  return (
    <Scatter
      label={view.sentence.map((s) => s.text).join('')}
      points={view.points}
      groups={GENERATIONS.map((label, i) => ({ label, color: COLORS[i] ?? 'var(--s6)' }))}
      x={AXES[view.along]}
      y={MFU}
      mine={{ ...view.mine, changed }}
    />
  );
}

export default island(publishedRunsSpec, Result);
