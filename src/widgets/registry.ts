import { myMfuSpec } from './my-mfu/spec.ts';
import { timeToTrainSpec } from './time-to-train/spec.ts';

/** Every widget by the name that prose gives it. The order is that of the list of cells. */
export const widgets = {
  TimeToTrain: timeToTrainSpec,
  MyMfu: myMfuSpec,
} as const;

export type WidgetName = keyof typeof widgets;
