import type { WidgetSpec } from '../frame/types.ts';
import { view, type RooflineView } from './view.ts';

export const rooflineSpec: WidgetSpec<RooflineView> = {
  id: 'roofline',
  title: 'Which roof is over this kernel?',
  fields: ['gpu', 'precision', 'kernel', 'kernelM', 'kernelN', 'kernelK', 'overlay', 'cardB'],
  hides: ({ kernel, overlay }) => [
    ...(kernel === 'gemm' ? [] : (['kernelK'] as const)),
    ...(overlay === 'card' ? [] : (['cardB'] as const)),
  ],
  view,
};
