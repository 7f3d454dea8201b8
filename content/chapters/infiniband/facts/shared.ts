import {
  fabric,
  trainingStep,
  type Fabric,
  type FabricSpec,
  type TrainingScenario,
  type TrainingStep,
} from '#estimator';
import type { Quantity, Unit } from '#format';
import { resolve, type Patch, type Scenario } from '#scenario';
import { questionOf } from '../../../../src/widgets/network-waste/question.ts';
import { at, UNLIMITED, wasteAt, type Waste } from '../../../../src/widgets/network-waste/waste.ts';

export type Fact = (scenario: Scenario) => Quantity;

export const ratio = (value: number): Quantity => ({ value, unit: 'ratio' });
export const seconds = (value: number): Quantity => ({ value, unit: 's' });
export const bytes = (value: number): Quantity => ({ value, unit: 'B' });
export const rate = (value: number): Quantity => ({ value, unit: 'B/s' });
export const count = (value: number): Quantity => ({ value, unit: 'count' });
export const times = (value: number): Quantity => ({ value, unit: 'factor', digits: 2 });
export const plain = (value: number, unit: Unit): Quantity => ({ value, unit });

/** The page's scenario with some values changed, as the reader of a cell would. */
function changed(scenario: Scenario, patch: Patch): Scenario {
  if (Object.keys(patch).length === 0) return scenario;
  const outcome = resolve('talk', patch);
  if (!outcome.ok) throw new Error(outcome.issues.map(({ message }) => message).join(' '));
  return outcome.value;
}

export function stepOf(scenario: Scenario, patch: Patch = {}): TrainingScenario {
  const question = questionOf(changed(scenario, patch));
  if (!question.ok) throw new Error(question.issues.map(({ message }) => message).join(' '));
  return question.value.scenario;
}

export function predicted(step: TrainingScenario): TrainingStep {
  const outcome = trainingStep(step);
  if (!outcome.ok) throw new Error(outcome.issues.map(({ message }) => message).join(' '));
  return outcome.value;
}

export const ideal = (scenario: Scenario, patch: Patch = {}): TrainingStep =>
  predicted(at(stepOf(scenario, patch), UNLIMITED));

/** What the hero cell says of the scenario with these changes. */
export function waste(scenario: Scenario, patch: Patch = {}): Waste {
  const step = stepOf(scenario, patch);
  return wasteAt(step, step.cluster.networkBandwidth, predicted(at(step, UNLIMITED)));
}

export function built(spec: FabricSpec): Fabric {
  const outcome = fabric(spec);
  if (!outcome.ok) throw new Error(outcome.issues.map(({ message }) => message).join(' '));
  return outcome.value;
}
