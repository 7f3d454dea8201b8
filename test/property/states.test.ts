import { valueOrThrow } from '#estimator';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  checkField,
  decodePatch,
  encodePatch,
  fields,
  resolve,
  resolvePatch,
  type FieldKey,
} from '#scenario';
import { widgets } from '../../src/widgets/registry.ts';
import type { View } from '../../src/widgets/frame/types.ts';
import { patches, queries, SEED } from '../helpers/arbitraries.ts';
import { WRONG_WORDS } from '../helpers/text.ts';

const STATES = { numRuns: 10_000, seed: SEED };
const FEWER = { numRuns: 2_000, seed: SEED };
const PRESET = 'talk';
/** Each state is put to one in so many cells: thousands for each cell, in the time that a test may take. */
const TURNS = 3;

/** Which cells a query is put to: the same ones whenever it is tried, so that a failure can be shrunk. */
const turnOf = (query: string): number =>
  [...query].reduce((sum, letter) => sum + letter.charCodeAt(0), 0) % TURNS;

/** Whether a value holds what a reader must not meet: a number that is none, or a word that betrays one. */
function isWrong(value: unknown): boolean {
  if (typeof value === 'number') return !Number.isFinite(value);
  if (typeof value === 'string') return WRONG_WORDS.test(value);
  if (Array.isArray(value)) return value.some(isWrong);
  if (value === null || typeof value !== 'object') return false;
  for (const key in value) if (isWrong((value as Record<string, unknown>)[key])) return true;
  return false;
}

/** Where it is. Only asked when something is wrong, because most of ten thousand states are right. */
function wrongIn(value: unknown, path = ''): string[] {
  if (!isWrong(value)) return [];
  if (value === null || typeof value !== 'object') return [`${path} is ${String(value).slice(0, 120)}`];
  return Object.entries(value).flatMap(([key, item]) => wrongIn(item, `${path}.${key}`));
}

test('what went wrong in a view is found wherever it is', () => {
  expect(wrongIn({ a: [{ b: Number.NaN }], c: 'takes undefined days', d: null, e: 1 })).toEqual([
    '.a.0.b is NaN',
    '.c is takes undefined days',
  ]);
});

test('a link holds any legal patch: decoding gives back what was encoded', () => {
  fc.assert(
    fc.property(patches, (patch) => {
      const { patch: decoded, dropped } = decodePatch(encodePatch(patch));
      expect(decoded).toEqual(patch);
      expect(dropped).toEqual([]);
    }),
    FEWER,
  );
});

test('a link is short: only what differs, and numbers without noise', () => {
  expect(encodePatch({})).toBe('');
  expect(encodePatch({ gpus: 2048, tokens: 1.5e12 })).toBe('?v=1&D=1.5e12&n=2048');
});

test('any query decodes to legal values, resolves, and makes views free of NaN, Infinity and undefined', () => {
  const answered = Object.fromEntries(Object.values(widgets).map(({ id }) => [id, 0]));
  fc.assert(
    fc.property(queries, (query) => {
      const link = decodePatch(query);
      for (const [key, value] of Object.entries(link.patch)) {
        const message = checkField(key as FieldKey, value);
        if (message !== null) throw new Error(`${key}: ${message}`);
      }
      // What was kept survives another round trip: a link copied from the page is stable.
      expect(decodePatch(encodePatch(link.patch)).patch).toEqual(link.patch);
      const { patch, dropped } = resolvePatch(PRESET, link.patch);
      for (const sentence of [...link.dropped, ...dropped]) expect(sentence.length).toBeLessThan(300);
      const scenario = valueOrThrow(resolve(PRESET, patch));
      // A sentence may quote what the link said.
      expect(wrongIn(dropped.filter((sentence) => !sentence.includes('“')))).toEqual([]);
      expect(wrongIn(scenario)).toEqual([]);
      const asked = Object.values(widgets).filter((_, i) => i % TURNS === turnOf(query));
      for (const spec of asked) {
        const outcome = spec.view(scenario);
        if (!outcome.ok) {
          expect(outcome.issues.length).toBeGreaterThan(0);
          expect(wrongIn(outcome.issues)).toEqual([]);
          continue;
        }
        answered[spec.id] = (answered[spec.id] ?? 0) + 1;
        const view: View = outcome.value;
        expect(wrongIn(view), spec.id).toEqual([]);
        expect(view.sentence.map((span) => span.text).join('').length).toBeGreaterThan(20);
        expect(view.table.rows.every((row) => row.length === view.table.columns.length)).toBe(true);
        for (const key of Object.keys(view.solved ?? {})) expect(fields).toHaveProperty(key);
      }
    }),
    STATES,
  );
  // A property that most states never reach proves little.
  for (const [id, count] of Object.entries(answered))
    expect(count, id).toBeGreaterThan(STATES.numRuns / TURNS / 4);
});

test('a combination that cannot stand is named by field, and the rest of the link is kept', () => {
  fc.assert(
    fc.property(patches, (patch) => {
      const outcome = resolve(PRESET, patch);
      if (outcome.ok) return;
      for (const issue of outcome.issues) {
        expect(fields).toHaveProperty(issue.path);
        expect(issue.message).not.toMatch(WRONG_WORDS);
      }
      const kept = resolvePatch(PRESET, patch);
      expect(kept.dropped.length).toBeGreaterThan(0);
      expect(Object.keys(patch)).toEqual(expect.arrayContaining(Object.keys(kept.patch)));
    }),
    FEWER,
  );
});
