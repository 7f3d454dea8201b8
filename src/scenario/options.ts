import type { ChoiceField } from './field-types.ts';
import { remember } from './remember.ts';

/** Options that are the same whatever else is chosen, in one group. */
export function one(label: string, options: Readonly<Record<string, string>>): ChoiceField['options'] {
  const all = Object.entries(options).map(([value, name]) => ({ value, label: name }));
  return remember([], () => [{ label, options: all }]);
}
