import type { WidgetSpec } from '../frame/types.ts';
import { view, type MfuView } from './view.ts';

export const myMfuSpec: WidgetSpec<MfuView> = {
  id: 'my-mfu',
  title: 'What is my MFU?',
  fields: [
    'log',
    'measured',
    'stepTime',
    'globalBatch',
    'throughput',
    'model',
    'sequence',
    'gpu',
    'precision',
    'gpus',
    'recompute',
    'attention',
    'shape',
  ],
  folded: { label: 'More: how attention is counted, a model of your own', fields: ['attention', 'shape'] },
  hides: ({ measured }) => (measured === 'step' ? ['throughput'] : ['stepTime', 'globalBatch']),
  view,
};
