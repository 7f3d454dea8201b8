import type { WidgetSpec } from '../frame/types.ts';
import { view, type OptimalView } from './view.ts';

export const computeOptimalSpec: WidgetSpec<OptimalView> = {
  id: 'compute-optimal',
  title: 'What should this budget train?',
  fields: ['kBudgetIn', 'kBudget', 'kGpuDays', 'gpu', 'precision', 'efficiency', 'kLaw', 'kShow'],
  hides: ({ kBudgetIn }) =>
    kBudgetIn === 'flop' ? ['kGpuDays', 'gpu', 'precision', 'efficiency'] : ['kBudget'],
  view,
};
