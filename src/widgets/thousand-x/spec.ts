import type { WidgetSpec } from '../frame/types.ts';
import { view, type ThousandView } from './view.ts';

export const thousandXSpec: WidgetSpec<ThousandView> = {
  id: 'thousand-x',
  title: 'What is a factor of 1,000 made of?',
  fields: ['growFrom', 'growFromFormat', 'growTo', 'growToFormat', 'growSparse'],
  view,
};
