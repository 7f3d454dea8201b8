import type { WidgetSpec } from '../frame/types.ts';
import { view, type TimelineView } from './view.ts';

export const memoryTimelineSpec: WidgetSpec<TimelineView> = {
  id: 'memory-timeline',
  title: 'When is the memory full?',
  fields: [
    'gpus',
    'recompute',
    'stepMicro',
    'watchedStage',
    'stepPipeline',
    'stepChunks',
    'stepTensor',
    'stepSequence',
    'stepZero',
    'memoryAttention',
    'memoryRules',
    'globalBatch',
    'gpu',
    'model',
  ],
  folded: {
    label: 'More: the split, ZeRO, kernels, framework, batch, GPU, model',
    fields: [
      'stepPipeline',
      'stepChunks',
      'stepTensor',
      'stepSequence',
      'stepZero',
      'memoryAttention',
      'memoryRules',
      'globalBatch',
      'gpu',
      'model',
    ],
  },
  view,
};
