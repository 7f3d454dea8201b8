import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { formatQuantity, parseQuantity, type Unit } from '#format';
import { fields, fieldKeys, type NumberField } from '#scenario';
import { SEED } from '../helpers/arbitraries.ts';

const RUNS = { numRuns: 2_000, seed: SEED };
const UNITS: readonly Unit[] = [
  's', 'FLOP', 'FLOP/s', 'B', 'B/s', 'W', 'GPU', 'token', 'token/s', 'ratio', 'count', 'size', 'year',
]; // prettier-ignore

/** Texts that look like quantities until one looks closer. */
const nearly = fc
  .array(
    fc.constantFrom('1', '07', ',', '.', ' ', 'e', 'E9', '-', '×', 'x', '10', '²', '⁻³', '^', '%', 'k', 'B', 'T', 'FLOP/s', 'days', 'i', '\u202f', 'constructor'),
    { maxLength: 5 },
  )
  .map((parts) => `1${parts.join('')}`); // prettier-ignore

test('whatever is typed gives a finite number or a sentence, never an exception', () => {
  const read = { ok: 0, not: 0 };
  fc.assert(
    fc.property(fc.oneof(fc.string(), nearly), fc.constantFrom(...UNITS), (text, unit) => {
      const parsed = parseQuantity(text, unit, 86_400);
      if (parsed.ok) expect(parsed.value).toSatisfy(Number.isFinite);
      else expect(parsed.message).toMatch(/\.$/);
      read[parsed.ok ? 'ok' : 'not']++;
    }),
    { ...RUNS, numRuns: 10_000 },
  );
  expect(Math.min(read.ok, read.not)).toBeGreaterThan(500);
});

const numbers = fieldKeys.flatMap((key) => {
  const field = fields[key];
  return field.kind === 'number' ? [[key, field] as const] : [];
});

/** Over the whole legal range: evenly by size, or evenly where it begins at zero. */
const legal = ({ min, max, integer }: NumberField): fc.Arbitrary<number> => {
  const [from, to, back] = min > 0 ? [Math.log(min), Math.log(max), Math.exp] : [min, max, Number];
  return fc
    .double({ min: from, max: to, noNaN: true })
    .map((at) => Math.min(max, Math.max(min, integer ? Math.round(back(at)) : back(at))));
};

describe.each(numbers)('what the field %s shows', (_, field) => {
  const options = { unit: field.unit, digits: 6, ...(field.as && { as: field.as }) };

  test('can be typed back into it', () => {
    fc.assert(
      fc.property(legal(field), (value) => {
        const text = formatQuantity({ value, ...options });
        const parsed = parseQuantity(text, field.unit, field.bare);
        if (!parsed.ok) throw new Error(parsed.message);
        expect(Math.abs(parsed.value - value), text).toBeLessThanOrEqual(1e-5 * value);
      }),
      RUNS,
    );
  });
});
