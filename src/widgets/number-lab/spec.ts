import type { WidgetSpec } from '../frame/types.ts';
import { view, type LabView } from './view.ts';

export const numberLabSpec: WidgetSpec<LabView> = {
  id: 'number-lab',
  title: 'What is left of a number?',
  fields: ['labValue', 'labFormat', 'labPeak', 'labOverflow', 'labTensor'],
  hides: ({ labFormat }) => [
    ...(labFormat.startsWith('fp8') ? [] : (['labOverflow'] as const)),
    ...(labFormat === 'nvfp4' ? [] : (['labTensor'] as const)),
  ],
  view,
};
