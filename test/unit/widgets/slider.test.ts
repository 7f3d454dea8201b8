import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { fieldKeys, fields, type NumberField } from '#scenario';
import { position, stepped, STEPS, valueAt } from '../../../src/widgets/frame/slider.ts';
import { SEED } from '../../helpers/arbitraries.ts';

const numbers = fieldKeys.flatMap((key) => {
  const field = fields[key];
  return field.kind === 'number' ? [[key, field] as const] : [];
});
const places = Array.from({ length: STEPS + 1 }, (_, at) => at);
const gpus = fields.gpus as NumberField;

describe.each(numbers)('the slider of %s', (_, field) => {
  const [low, high] = field.slider;

  test('reaches from one end of its span to the other, never back', () => {
    expect([valueAt(field, 0), valueAt(field, STEPS)]).toEqual([low, high]);
    const values = places.map((at) => valueAt(field, at));
    expect(values).toEqual([...values].sort((a, b) => a - b));
    // Whole numbers of a short span are no more than they are.
    expect(new Set(values).size).toBeGreaterThan(field.integer ? Math.min(8, high - low) : 8);
  });

  test('stands where its value puts it', () => {
    for (const at of places) {
      const value = valueAt(field, at);
      const back = valueAt(field, position(field, value));
      // Between two places a round value may stand nearer to the next one's.
      if (field.snap || field.integer) expect(back).toBe(value);
      else expect(Math.abs(back / value - 1)).toBeLessThan(0.05);
    }
    expect([position(field, low), position(field, high)]).toEqual([0, STEPS]);
  });

  test('stands at its end for a value beyond', () => {
    expect([position(field, low / 2), position(field, high * 2)]).toEqual([0, STEPS]);
    expect([valueAt(field, -5), valueAt(field, STEPS + 5)]).toEqual([low, high]);
  });

  test('gives round values in the unit that is shown: two or three digits, whole where only whole ones make sense', () => {
    const digits = field.as === 'binary' ? 15 : field.snap ? 13 : field.unit === 'year' ? 4 : 3;
    for (const at of places) {
      const value = valueAt(field, at);
      const shown = value / (field.bare ?? 1);
      expect(Number(shown.toPrecision(digits))).toBeCloseTo(shown, 9);
      if (field.integer) expect(Number.isInteger(value)).toBe(true);
    }
  });

  test('is moved by every key press until it is at its end, from any legal value', () => {
    const value = fc
      .double({ min: Math.log(field.min), max: Math.log(field.max), noNaN: true })
      .map(Math.exp)
      .map((v) => (field.integer ? Math.round(v) : v));
    fc.assert(
      fc.property(value, fc.constantFrom(1, -1, 24, -24), (from, step) => {
        const to = stepped(field, from, step);
        const stuck = step > 0 ? from >= high : from <= low;
        if (stuck) expect(to).toBe(from);
        else expect(Math.sign(to - from)).toBe(Math.sign(step));
        expect(to === from || (to >= low && to <= high)).toBe(true);
      }),
      { numRuns: 300, seed: SEED },
    );
  });

  test('is crossed from end to end by pressing one key', () => {
    let value = low;
    for (let presses = 0; presses <= STEPS && value < high; presses++) value = stepped(field, value, 1);
    expect(value).toBe(high);
    for (let presses = 0; presses <= STEPS && value > low; presses++) value = stepped(field, value, -1);
    expect(value).toBe(low);
  });
});

test('clusters stop at powers of two and halfway between', () => {
  const stops = [...new Set(places.map((at) => valueAt(gpus, at)))];
  expect(stops.slice(0, 6)).toEqual([8, 12, 16, 24, 32, 48]);
  expect(stops.at(-1)).toBe(131_072);
  expect(stepped(gpus, 1024, 1)).toBe(1536);
  expect(stepped(gpus, 1000, -1)).toBe(768);
});
