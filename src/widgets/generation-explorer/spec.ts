import type { WidgetSpec } from '../frame/types.ts';
import { view, type ExplorerView } from './view.ts';

export const generationExplorerSpec: WidgetSpec<ExplorerView> = {
  id: 'generation-explorer',
  title: 'What did each generation add?',
  fields: ['cardA', 'cardB', 'charted', 'chartedPer'],
  view,
};
