import type { WidgetSpec } from '../frame/types.ts';
import { view, type LossView } from './view.ts';

export const lossScalingSpec: WidgetSpec<LossView> = {
  id: 'loss-scaling',
  title: 'Which gradients survive?',
  fields: ['lossScale', 'gradFormat', 'gradMedian', 'gradSpread'],
  view,
};
