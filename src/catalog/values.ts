import type { Fact } from './schema.ts';

/** A record with every fact replaced by its bare value. */
export type Values<T> =
  T extends Fact<infer V>
    ? V
    : T extends readonly (infer Item)[]
      ? Values<Item>[]
      : T extends object
        ? { [K in keyof T]: Values<T[K]> }
        : T;

const isFact = (node: object): node is Fact<unknown> =>
  'value' in node && 'source' in node && 'where' in node;

/** Every fact of a record with the path to it, such as `peak.fp16`, in the order of the file. */
export function factsOf(node: unknown, path = ''): readonly (readonly [string, Fact<unknown>])[] {
  if (typeof node !== 'object' || node === null) return [];
  if (isFact(node)) return [[path, node]];
  return Object.entries(node).flatMap(([key, child]) => factsOf(child, path ? `${path}.${key}` : key));
}

/** Replaces every `{ value, source, where }` in a JSON tree by its value. */
export function stripSources<T>(node: T): Values<T> {
  const strip = (part: unknown): unknown => {
    if (Array.isArray(part)) return part.map(strip);
    if (typeof part !== 'object' || part === null) return part;
    if (isFact(part)) return part.value;
    return Object.fromEntries(Object.entries(part).map(([key, value]) => [key, strip(value)]));
  };
  return strip(node) as Values<T>;
}
