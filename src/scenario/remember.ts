import type { FieldKey, Values } from './values.ts';

/**
 * A function of a few values that gives the very same object back while those values stay: what a form can see at a
 * glance it need not draw again, sixty times a second.
 * @param keys every value that `make` looks at
 */
export function remember<T>(keys: readonly FieldKey[], make: (values: Values) => T): (values: Values) => T {
  let last: { readonly seen: readonly unknown[]; readonly made: T } | undefined;
  return (values) => {
    const seen = keys.map((key) => values[key]);
    if (!last || seen.some((value, i) => value !== last?.seen[i])) last = { seen, made: make(values) };
    return last.made;
  };
}
