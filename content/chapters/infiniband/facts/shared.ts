import {
  fabric,
  valueOrThrow,
  type Fabric,
  type FabricSpec,
  type TrainingScenario,
  type TrainingStep,
} from '#estimator';
import type { Quantity, Unit } from '#format';
import type { Patch, Scenario } from '#scenario';
import { changed, predicted } from '../../shared.ts';
import { questionOf } from '../../../../src/widgets/network-waste/question.ts';
import { at, UNLIMITED, wasteAt, type Waste } from '../../../../src/widgets/network-waste/waste.ts';

export type { Fact } from '../../shared.ts';

export const ratio = (value: number): Quantity => ({ value, unit: 'ratio' });
export const seconds = (value: number): Quantity => ({ value, unit: 's' });
export const bytes = (value: number): Quantity => ({ value, unit: 'B' });
export const rate = (value: number): Quantity => ({ value, unit: 'B/s' });
export const count = (value: number): Quantity => ({ value, unit: 'count' });
export const times = (value: number): Quantity => ({ value, unit: 'factor', digits: 2 });
export const plain = (value: number, unit: Unit): Quantity => ({ value, unit });

export function stepOf(scenario: Scenario, patch: Patch = {}): TrainingScenario {
  return valueOrThrow(questionOf(changed(scenario, patch))).scenario;
}

export const ideal = (scenario: Scenario, patch: Patch = {}): TrainingStep =>
  predicted(at(stepOf(scenario, patch), UNLIMITED));

/** What the hero cell says of the scenario with these changes. */
export function waste(scenario: Scenario, patch: Patch = {}): Waste {
  const step = stepOf(scenario, patch);
  return wasteAt(step, step.cluster.networkBandwidth, predicted(at(step, UNLIMITED)));
}

export function built(spec: FabricSpec): Fabric {
  return valueOrThrow(fabric(spec));
}
