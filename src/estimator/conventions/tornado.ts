import { failed, ok, type Outcome } from '../issues.ts';
import { conventionReading, readUnchecked } from './readings.ts';
import { conventionToggles } from './toggles.ts';
import type { ConventionChoice, ConventionRun, Reading, ReadingOutput, Toggle } from './types.ts';

/** How far one toggle alone moves an output, the others as chosen. */
export interface TornadoBar {
  readonly toggle: Toggle;
  /** The output under each option, in the toggle's order. */
  readonly values: readonly { readonly option: string; readonly value: number }[];
  readonly low: { readonly option: string; readonly value: number };
  readonly high: { readonly option: string; readonly value: number };
}

export interface Tornado {
  readonly output: ReadingOutput;
  /** The output under the choice itself: where the bars are anchored. */
  readonly anchor: number;
  /** Widest first; toggles that do not touch the output are left out. */
  readonly bars: readonly TornadoBar[];
}

/** The number that an output shows: memory as printed before its unit. */
export const readingValue = (reading: Reading, output: ReadingOutput): number =>
  output === 'memory' ? reading.memory.number : reading[output];

/**
 * How far each convention alone moves one output of a run.
 * @param choice where the other toggles stand; the reference unless said
 * @returns bars, widest first, or the Issues of the run or the choice
 */
export function conventionTornado(
  run: ConventionRun,
  output: ReadingOutput,
  choice: ConventionChoice = {},
): Outcome<Tornado> {
  const anchor = conventionReading(run, choice);
  if (!anchor.ok) return failed(...anchor.issues);
  const bars = conventionToggles(run).map((toggle) => bar(run, output, choice, toggle));
  return ok({
    output,
    anchor: readingValue(anchor.value, output),
    bars: bars
      .filter(({ low, high }) => high.value > low.value)
      .sort((a, b) => b.high.value - b.low.value - (a.high.value - a.low.value)),
  });
}

/** Options come from the run's own toggles and the choice has been checked, so every reading exists. */
function bar(
  run: ConventionRun,
  output: ReadingOutput,
  choice: ConventionChoice,
  toggle: Toggle,
): TornadoBar {
  const values = toggle.options.map(({ id: option }) => ({
    option,
    value: readingValue(readUnchecked(run, { ...choice, [toggle.id]: option }), output),
  }));
  const pick = (better: (a: number, b: number) => boolean): TornadoBar['low'] =>
    values.reduce((best, candidate) => (better(candidate.value, best.value) ? candidate : best));
  return { toggle, values, low: pick((a, b) => a < b), high: pick((a, b) => a > b) };
}
