import { modelById } from '#catalog';
import {
  countParameters,
  modelTensors,
  ruleErrors,
  type DissectOptions,
  type Model,
  type ModelTensors,
  type Part,
  type RuleError,
  type RuleId,
} from '#estimator';
import type { Quantity, Unit } from '#format';
import type { Scenario } from '#scenario';

export type { Fact } from '../../shared.ts';

export const ratio = (value: number): Quantity => ({ value, unit: 'ratio' });
export const size = (value: number, digits = 4): Quantity => ({ value, unit: 'size', digits });
export const bytes = (value: number): Quantity => ({ value, unit: 'B' });
export const count = (value: number): Quantity => ({ value, unit: 'count' });
export const factor = (value: number): Quantity => ({ value, unit: 'factor' });
export const perToken = (value: number, digits = 3): Quantity => ({ value, unit: 'FLOP/token', digits });
export const plain = (value: number, unit: Unit, digits = 3): Quantity => ({ value, unit, digits });

/** The page's own model, GPT-3 175B. */
export function shapeOf({ model }: Scenario): Model {
  if (!model.shape) throw new Error('The preset of this chapter has a shape.');
  return model.shape;
}

export const shape = (id: string): Model => modelById(id).shape;
export const taken = (model: Model, options: DissectOptions = {}): ModelTensors =>
  modelTensors(model, options);

/** All parts of a kind, over all groups. */
export const partsOf = (tensors: ModelTensors, kind: Part['kind']): readonly Part[] =>
  tensors.groups.flatMap(({ parts }) => parts).filter((part) => part.kind === kind);

export const parametersIn = (model: Model, kind: Part['kind']): number =>
  partsOf(taken(model), kind).reduce((sum, { parameters }) => sum + parameters, 0);

export const shareIn = (model: Model, kind: Part['kind']): number =>
  parametersIn(model, kind) / countParameters(model).total;

export function ruleOf(model: Model, id: RuleId, sequence?: number, causal = false): RuleError {
  const found = ruleErrors(model, { causal, ...(sequence !== undefined && { sequence }) }).find(
    ({ rule }) => rule.id === id,
  );
  if (!found) throw new Error(`There is no rule "${id}".`);
  return found;
}
