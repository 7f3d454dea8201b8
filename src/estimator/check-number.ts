import type { Issue } from './issues.ts';

/** What one numeric field accepts. Bounds are inclusive, in base units. */
export interface NumberRule {
  readonly min: number;
  readonly max: number;
  readonly integer?: boolean;
}

/**
 * Checks one number of unknown origin against its rule.
 * @returns the first thing wrong with it, or null
 */
export function checkNumber(path: string, value: unknown, rule: NumberRule): Issue | null {
  if (value === undefined || value === null) {
    return { code: 'missing', path, message: `${path} is needed and was not given.` };
  }
  if (typeof value !== 'number' || !Number.isFinite(value)) {
    return { code: 'not-a-number', path, message: `${path} must be a finite number.` };
  }
  if (value < rule.min) {
    return { code: 'too-small', path, message: `${path} must be at least ${rule.min}.`, limit: rule.min };
  }
  if (value > rule.max) {
    return { code: 'too-large', path, message: `${path} must be at most ${rule.max}.`, limit: rule.max };
  }
  if (rule.integer && !Number.isInteger(value)) {
    const nearest = Math.max(rule.min, Math.min(rule.max, Math.round(value)));
    return {
      code: 'not-an-integer',
      path,
      message: `${path} must be a whole number, for instance ${nearest}.`,
      limit: nearest,
    };
  }
  return null;
}

/** The issues of several fields at once. */
export function checkNumbers(
  rules: Readonly<Record<string, NumberRule>>,
  values: Readonly<Record<string, unknown>>,
): Issue[] {
  return Object.entries(rules)
    .map(([path, rule]) => checkNumber(path, values[path], rule))
    .filter((issue) => issue !== null);
}
