import type { Issue } from '../issues.ts';

/** A parsed config.json: an object of unknown content. */
export type Json = Readonly<Record<string, unknown>>;

export const isJsonObject = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/**
 * Reads fields of a config.json by any of the names that a family has used for them, and collects what is wrong.
 * Reading goes on after a fault, so that the reader of the page sees all faults at once.
 */
export interface ConfigReader {
  readonly issues: Issue[];
  /** A whole number of at least `min`; an issue and 0 when it is absent without a fallback, or anything else. */
  count(names: string | readonly string[], options?: { fallback?: number; min?: number }): number;
  /** A whole number, or null when the field is absent or null. */
  countOrNull(name: string): number | null;
  flag(name: string, fallback: boolean): boolean;
  list(name: string): readonly unknown[] | null;
  /** Whether the field is there and not null. */
  has(name: string): boolean;
  /** Whether the field is there, null included. */
  stated(name: string): boolean;
  /** Reports a feature that would change the count and is not understood. */
  unsupported(path: string, message: string): void;
}

/** Above this no dimension of a model makes sense, and products stay exact enough. */
const LARGEST = 1e9;

export function configReader(json: Json): ConfigReader {
  const issues: Issue[] = [];
  // Own fields only: a pasted "constructor" or "__proto__" must not reach Object.prototype.
  const own = (name: string): unknown => (Object.hasOwn(json, name) ? json[name] : undefined);
  const present = (name: string): boolean => own(name) !== undefined && own(name) !== null;

  const whole = (name: string, value: unknown, min: number): number => {
    if (typeof value === 'number' && Number.isInteger(value) && value >= min && value <= LARGEST)
      return value;
    issues.push({
      code: 'not-an-integer',
      path: name,
      message: `"${name}" must be a whole number from ${min} to ${LARGEST}.`,
      limit: typeof value === 'number' && value > LARGEST ? LARGEST : min,
    });
    return 0;
  };

  return {
    issues,
    has: present,
    stated: (name) => own(name) !== undefined,
    count(names, { fallback, min = 1 } = {}) {
      const all = typeof names === 'string' ? [names] : names;
      const name = all.find(present);
      if (name !== undefined) return whole(name, own(name), min);
      if (fallback !== undefined) return fallback;
      const path = all[0] ?? '';
      const also = all.length > 1 ? ` (or ${all.slice(1).join(', ')})` : '';
      issues.push({
        code: 'missing',
        path,
        message: `The config has no "${path}"${also}, which this architecture needs.`,
      });
      return 0;
    },
    countOrNull: (name) => (present(name) ? whole(name, own(name), 1) : null),
    flag(name, fallback) {
      const value = own(name);
      if (value === undefined || value === null) return fallback;
      if (typeof value === 'boolean') return value;
      issues.push({ code: 'unknown-choice', path: name, message: `"${name}" must be true or false.` });
      return fallback;
    },
    list(name) {
      const value = own(name);
      return Array.isArray(value) ? value : null;
    },
    unsupported(path, message) {
      issues.push({ code: 'unsupported-feature', path, message });
    },
  };
}
