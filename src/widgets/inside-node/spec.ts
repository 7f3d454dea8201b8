import type { WidgetSpec } from '../frame/types.ts';
import { view, type NodeView } from './view.ts';

export const insideNodeSpec: WidgetSpec<NodeView> = {
  id: 'inside-node',
  title: 'What joins two GPUs of one node?',
  fields: ['vNode', 'vFrom', 'vTo', 'vOp', 'vBytes'],
  view,
};
