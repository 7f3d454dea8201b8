import { describe, expect, test } from 'vitest';
import { gpus } from '#catalog';
import { fields, type Patch } from '#scenario';
import { viewOf } from '../../../src/widgets/frame/useCell.ts';
import type { WidgetSpec } from '../../../src/widgets/frame/types.ts';
import { widgets } from '../../../src/widgets/registry.ts';

const RUBIN = 'rubin-nvl72-288gb';
const KEYS = ['gpu', 'cardA', 'cardB', 'growFrom', 'growTo'] as const;
const CELLS = Object.values(widgets as Readonly<Record<string, WidgetSpec>>).filter(({ fields: asked }) =>
  KEYS.some((key) => asked.includes(key)),
);

/** Every choice of a cell on that card, one at a time; and the card for each of the fields that name one. */
function patchesOf({ fields: asked }: WidgetSpec): Patch[] {
  const card = Object.fromEntries(KEYS.filter((key) => asked.includes(key)).map((key) => [key, RUBIN]));
  const scenarios = KEYS.filter((key) => asked.includes(key)).map((key) => ({ [key]: RUBIN }));
  const choices = asked.flatMap((key) => {
    const field = fields[key];
    if (field.kind !== 'choice' || (KEYS as readonly string[]).includes(key)) return [];
    const outcome = viewOf(CELLS[0]!, 'talk', card);
    if (!outcome.ok) return [];
    return field
      .options(outcome.value.scenario.values)
      .flatMap(({ options }) => options.map(({ value }) => ({ ...card, [key]: value })));
  });
  return [card, ...scenarios, ...choices] as Patch[];
}

const numbersIn = (node: unknown): number[] =>
  typeof node === 'number'
    ? [node]
    : typeof node === 'object' && node !== null
      ? Object.values(node).flatMap(numbersIn)
      : [];

describe('a card whose figures are preliminary', () => {
  test('is one of the catalogue', () => {
    expect(gpus.filter(({ preliminary }) => preliminary).map(({ id }) => id)).toEqual([RUBIN]);
    expect(CELLS.length).toBeGreaterThan(4);
  });

  test.for(CELLS.map((spec) => [spec.id, spec] as const))('%s answers with finite numbers', ([, spec]) => {
    let answers = 0;
    for (const patch of patchesOf(spec)) {
      const outcome = viewOf(spec, 'talk', patch);
      if (!outcome.ok) {
        expect(outcome.issues.every(({ message }) => message.length > 10)).toBe(true);
        continue;
      }
      answers += 1;
      const { view } = outcome.value;
      expect(numbersIn(view).filter((value) => !Number.isFinite(value))).toEqual([]);
      expect(view.sentence.map(({ text }) => text).join('')).not.toMatch(/NaN|undefined|Infinity|∞/);
    }
    expect(answers).toBeGreaterThan(1);
  });

  test.for(CELLS.map((spec) => [spec.id, spec] as const))('%s says so beside the answer', ([, spec]) => {
    // In those of its states that ask for a card at all.
    const asking = patchesOf(spec).flatMap((patch) => {
      const outcome = viewOf(spec, 'talk', patch);
      if (!outcome.ok) return [];
      const { view, scenario } = outcome.value;
      const hidden = spec.hides?.(scenario.values) ?? [];
      const asks = KEYS.some(
        (key) => spec.fields.includes(key) && !hidden.includes(key) && patch[key] === RUBIN,
      );
      return asks ? [view] : [];
    });
    expect(asking.length).toBeGreaterThan(0);
    for (const { cautions } of asking)
      expect(cautions?.join(' ')).toMatch(/figures of Rubin are preliminary/);
  });
});
