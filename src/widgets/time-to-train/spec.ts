import type { WidgetSpec } from '../frame/types.ts';
import { view, type TimeView } from './view.ts';

export const timeToTrainSpec: WidgetSpec<TimeView> = {
  id: 'time-to-train',
  title: 'How long does it train?',
  fields: [
    'model',
    'parameters',
    'tokens',
    'gpu',
    'precision',
    'gpus',
    'efficiency',
    'goodput',
    'time',
    'sequence',
    'attention',
    'shape',
  ],
  folded: {
    label: 'More: sequence, how attention is counted, a model of your own',
    fields: ['sequence', 'attention', 'shape'],
  },
  solvable: ['parameters', 'tokens', 'gpus', 'efficiency', 'time'],
  view,
};
