import { one } from './options.ts';
import type { Field } from './field-types.ts';
import type { FieldKey } from './values.ts';

/** What the charts of published runs and of conventions show. */
export const chartFields = {
  told: {
    kind: 'choice',
    label: 'Look at',
    help: 'Which number of the run the chart follows.',
    url: 'co',
    options: one('Look at', { mfu: 'MFU', seconds: 'time', memory: 'model state' }),
  },
  along: {
    kind: 'choice',
    label: 'Horizontal axis',
    help: 'What the chart shows along its foot.',
    url: 'ax',
    options: one('Horizontal axis', { parameters: 'parameters', gpus: 'GPUs', year: 'year' }),
  },
  only: {
    kind: 'choice',
    label: 'Show',
    help: 'Restricts the chart to the runs of one GPU generation.',
    url: 'on',
    options: one('Show', {
      all: 'every generation',
      Ampere: 'Ampere',
      Hopper: 'Hopper',
      Blackwell: 'Blackwell',
    }),
  },
  year: {
    kind: 'number',
    label: 'Year',
    unit: 'year',
    min: 2016,
    max: 2030,
    why: 'between 2016 and 2030, the years on the chart',
    slider: [2018, 2027],
    scale: 'linear',
    integer: true,
    help: 'Only where your dot stands on the chart.',
    url: 'y',
  },
} as const satisfies Partial<Record<FieldKey, Field>>;
