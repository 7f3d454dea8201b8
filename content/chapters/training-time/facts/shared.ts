import { countParameters, modelFlops, type FlopCount, type Model } from '#estimator';
import type { Quantity, Unit } from '#format';
import type { Scenario } from '#scenario';

export type { Fact } from '../../shared.ts';

export const DAY = 86_400;

export const days = (value: number): Quantity => ({ value, unit: 's', as: 'days' });
export const hours = (value: number): Quantity => ({ value, unit: 's', as: 'hours' });
export const ratio = (value: number): Quantity => ({ value, unit: 'ratio' });
export const gpuHours = (value: number): Quantity => ({ value, unit: 'GPU·s' });
export const plain = (value: number, unit: Unit, digits?: number): Quantity =>
  digits === undefined ? { value, unit } : { value, unit, digits };

/** The shape of the page's model; the chapter is about one that has a published shape. */
export function shapeOf({ model }: Scenario): Model {
  if (!model.shape) throw new Error('The training-time chapter needs a preset whose model has a shape.');
  return model.shape;
}

/** The full count of a token, attention in full unless asked otherwise. */
export const exactPerToken = (s: Scenario): FlopCount => modelFlops(shapeOf(s));
export const exactTotal = (s: Scenario): number => exactPerToken(s).total * s.data.tokens;
export const parametersOf = (s: Scenario): number => countParameters(shapeOf(s)).total;

/** The machine's side of the quotient, without goodput: how the text introduces it. */
export const delivery = (s: Scenario): { peak: number; gpus: number; efficiency: number } => ({
  peak: s.execution.peak,
  gpus: s.cluster.gpus,
  efficiency: s.execution.efficiency,
});
