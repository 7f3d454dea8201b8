import { shapeOf } from '../step/question.ts';
import type { WidgetSpec } from '../frame/types.ts';
import { view, type TankView } from './view.ts';

const FOLDED = [
  'stepChunks',
  'stepSequence',
  'stepContext',
  'stepExpert',
  'precision',
  'memoryRules',
  'memoryGradients',
  'memoryAttention',
  'sequence',
  'globalBatch',
] as const;

export const memoryTankSpec: WidgetSpec<TankView> = {
  id: 'memory-tank',
  title: 'Does it fit, and what fills the memory?',
  fields: [
    'model',
    'gpu',
    'gpus',
    'stepZero',
    'stepTensor',
    'stepPipeline',
    'recompute',
    'stepMicro',
    ...FOLDED,
  ],
  folded: { label: 'More: the rest of the split, formats, framework, batch', fields: FOLDED },
  hides: (values) => (shapeOf(values)?.moe ? [] : ['stepExpert']),
  view,
};
