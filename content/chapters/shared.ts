/** What the numbers of every chapter are made with. */
import { trainingStep, valueOrThrow, type TrainingScenario, type TrainingStep } from '#estimator';
import type { Quantity } from '#format';
import { resolve, type Patch, type Scenario } from '#scenario';

/** A number of the prose, from the page's scenario. */
export type Fact = (scenario: Scenario) => Quantity;

/** A value as a source prints it, in SI base units, with where it prints it. */
export interface Published {
  readonly value: number;
  readonly source: string;
  readonly where: string;
}

/** The page's scenario with some values changed, as the reader of a cell would. */
export const changed = (scenario: Scenario, patch: Patch): Scenario =>
  Object.keys(patch).length === 0 ? scenario : valueOrThrow(resolve('talk', patch));

export const predicted = (step: TrainingScenario): TrainingStep => valueOrThrow(trainingStep(step));
