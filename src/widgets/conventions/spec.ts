import { fields, TOGGLE_FIELDS } from '#scenario';
import type { WidgetSpec } from '../frame/types.ts';
import { view, type ConventionsView } from './view.ts';

const RUN = [
  'model',
  'parameters',
  'gpu',
  'precision',
  'gpus',
  'throughput',
  'tokens',
  'goodput',
  'shape',
] as const;

export const conventionsSpec: WidgetSpec<ConventionsView> = {
  id: 'conventions',
  title: 'One run, told in how many ways?',
  fields: ['told', ...Object.values(TOGGLE_FIELDS), ...RUN],
  folded: { label: 'The run: model, machine, measured speed', fields: RUN },
  // A card with one matrix peak, or a model without a shape, leaves some conventions nothing to choose.
  hides: (values) => [
    ...(values.countLost === 'ignored' ? (['goodput'] as const) : []),
    ...Object.values(TOGGLE_FIELDS).filter((key) => {
      const field = fields[key];
      return field.kind === 'choice' && field.options(values).every((group) => group.options.length < 2);
    }),
  ],
  view,
};
