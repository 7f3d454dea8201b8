import { describe, expect, test } from 'vitest';
import type { FieldKey, Patch, Unknown } from '#scenario';
import { asGiven } from '../../../src/widgets/frame/given.ts';
import { timeToTrainSpec } from '../../../src/widgets/time-to-train/spec.ts';
import { answerOf } from '../../helpers/views.ts';

const UNKNOWNS = ['time', 'gpus', 'efficiency', 'tokens', 'parameters'] as const;

/** All five numbers of an answer: those given, and the one that was solved. */
function numbersAt(patch: Patch): Record<Unknown, number> {
  const { view, scenario } = answerOf(timeToTrainSpec, patch);
  const given = Object.fromEntries(UNKNOWNS.map((key) => [key, scenario.values[key]]));
  return { ...(given as Record<Unknown, number>), ...view.solved };
}

/** What the cell does when another field is made the unknown. */
function switched(patch: Patch, from: Unknown, to: Unknown): Patch {
  const { view } = answerOf(timeToTrainSpec, patch);
  return { ...patch, [from]: asGiven(from, view.solved?.[from] ?? Number.NaN), unknown: to };
}

// Solving for the size knows no shape, so there only 6ND agrees with itself.
const byShape = UNKNOWNS.filter((key) => key !== 'parameters');
const pairs = (keys: readonly Unknown[]) =>
  keys.flatMap((from) => keys.filter((to) => to !== from).map((to) => ({ from, to })));

describe.each([
  ['the talk’s model', {}, pairs(byShape)],
  ['a size of the reader’s own', { parameters: 180e9 }, pairs(UNKNOWNS)],
  ['a cluster of an odd size', { gpus: 16_387, tokens: 1.5e13, time: 90 * 86_400 }, pairs(byShape)],
] as const)('with %s', (_, patch, switches) => {
  test.each(switches)('making $to the unknown instead of $from moves no number', ({ from, to }) => {
    const before = numbersAt({ ...patch, unknown: from });
    const after = numbersAt(switched({ ...patch, unknown: from }, from, to));
    for (const key of UNKNOWNS) {
      const slack = key === 'gpus' ? 1 / before.gpus : 0;
      expect(Math.abs(after[key] / before[key] - 1), key).toBeLessThan(2e-3 + slack);
    }
  });
});

test('from the talk’s time to its GPUs there are still 1,024 of them, and half of peak is still 50%', () => {
  expect(numbersAt(switched({}, 'time', 'gpus')).gpus).toBe(1024);
  const back = switched(switched({}, 'time', 'efficiency'), 'efficiency', 'time');
  expect(back.efficiency).toBeCloseTo(0.5, 3);
});

describe('a solved value that becomes given', () => {
  test.each<[FieldKey, number, number]>([
    ['time', 24.1215 * 86_400, 24.13 * 86_400],
    ['time', 24.12 * 86_400, 24.12 * 86_400],
    ['efficiency', 0.487_31, 0.4874],
    ['efficiency', 0.999_99, 1],
    ['tokens', 298.5123e9, 298.6e9],
    ['gpus', 16_387, 16_387],
  ])('%s: %d is kept as %d', (key, value, kept) => {
    expect(asGiven(key, value)).toBeCloseTo(kept, 6);
  });
});
