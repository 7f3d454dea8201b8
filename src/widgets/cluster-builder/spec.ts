import type { WidgetSpec } from '../frame/types.ts';
import { view, type BuilderView } from './view.ts';

export const clusterBuilderSpec: WidgetSpec<BuilderView> = {
  id: 'cluster-builder',
  title: 'What does the fabric take?',
  fields: [
    'fabricNodes',
    'fabricPorts',
    'fabricSwitch',
    'fabricPlanes',
    'fabricLevels',
    'fabricWiring',
    'fabricTaper',
    'fabricExtra',
    'fabricCopper',
    'priceSwitch',
    'priceNic',
    'priceOptic',
    'priceCable',
    'powerSwitch',
    'powerNic',
    'powerOptic',
  ],
  folded: {
    label: 'More: cables, prices and power',
    fields: [
      'fabricExtra',
      'fabricCopper',
      'priceSwitch',
      'priceNic',
      'priceOptic',
      'priceCable',
      'powerSwitch',
      'powerNic',
      'powerOptic',
    ],
  },
  view,
};
