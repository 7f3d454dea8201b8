import type { WidgetSpec } from '../frame/types.ts';
import { view, type WasteView } from './view.ts';

export const networkWasteSpec: WidgetSpec<WasteView> = {
  id: 'network-waste',
  title: 'How much compute does the network waste?',
  fields: [
    'linkRate',
    'gpu',
    'gpus',
    'stepRules',
    'stepTensor',
    'stepPipeline',
    'stepChunks',
    'stepMicro',
    'globalBatch',
    'model',
  ],
  folded: {
    label: 'More: how the step is split, the batch, the model',
    fields: ['stepTensor', 'stepPipeline', 'stepChunks', 'stepMicro', 'globalBatch', 'model'],
  },
  view,
};
