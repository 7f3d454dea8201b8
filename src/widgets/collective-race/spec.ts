import type { WidgetSpec } from '../frame/types.ts';
import { view, type RaceView } from './view.ts';

export const collectiveRaceSpec: WidgetSpec<RaceView> = {
  id: 'collective-race',
  title: 'Which way around is fastest?',
  fields: ['vOp', 'vBytes', 'vRanks', 'vNode', 'vPlace'],
  view,
};
