import type { ChoiceField } from './field-types.ts';
import { remember } from './remember.ts';

/** Options that are the same whatever else is chosen, in one group. */
export function one(label: string, options: Readonly<Record<string, string>>): ChoiceField['options'] {
  const all = Object.entries(options).map(([value, name]) => ({ value, label: name }));
  return remember([], () => [{ label, options: all }]);
}

/** A select of options that are the same whatever else is chosen, given as pairs of value and name. */
export function choice(
  label: string,
  url: string,
  help: string,
  options: readonly (readonly [string, string])[],
): ChoiceField {
  // Pairs, not a record: an object would put '2' before '1.5'.
  const all = options.map(([value, name]) => ({ value, label: name }));
  return { kind: 'choice', label, help, url, options: remember([], () => [{ label, options: all }]) };
}

/** Numbers as options, each named by itself. */
export const numbers = (...values: readonly number[]): [string, string][] =>
  values.map((v) => [String(v), String(v)]);
