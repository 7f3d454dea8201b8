import type { WidgetSpec } from '../frame/types.ts';
import { view, type HoldsView } from './view.ts';

export const whoHoldsWhatSpec: WidgetSpec<HoldsView> = {
  id: 'who-holds-what',
  title: 'Who holds what, and who sends it?',
  fields: ['holdStage', 'holdMoment', 'holdRanks', 'holdLayers', 'model'],
  view,
};
