import type { WidgetSpec } from '../frame/types.ts';
import { view, type DuelView } from './view.ts';

export const zeroOrTensorSpec: WidgetSpec<DuelView> = {
  id: 'zero-or-tensor',
  title: 'ZeRO-3, or tensor and pipeline parallel?',
  fields: ['gpus', 'duelSoftware', 'model', 'globalBatch', 'linkRate', 'gpu'],
  view,
};
