import { powerText } from '#format';

/** A stretch of a number in a formula. */
interface NumberPart {
  readonly text: string;
  /** Whether it is an exponent. */
  readonly raised?: true;
}

/** A written number as a formula sets it: the exponent apart, and spaces that the formulas' fonts have. */
export function numberParts(text: string): readonly NumberPart[] {
  const spaced = text.replaceAll('\u202f', '\u00a0');
  const power = powerText(spaced);
  if (power === null) return [{ text: spaced }];
  return [{ text: power.before }, { text: power.exponent, raised: true }, { text: power.after }];
}
