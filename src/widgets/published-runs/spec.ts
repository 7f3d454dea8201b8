import type { WidgetSpec } from '../frame/types.ts';
import { view, type RunsView } from './view.ts';

export const publishedRunsSpec: WidgetSpec<RunsView> = {
  id: 'published-runs',
  title: 'What have others reached?',
  fields: ['along', 'only', 'gpu', 'precision', 'parameters', 'gpus', 'efficiency', 'year'],
  hides: ({ along }) => (along === 'year' ? [] : ['year']),
  view,
};
