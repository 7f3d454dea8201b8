import { toTex, type Equation } from '#estimator';
import { renderTex } from '#markdown/katex.ts';
import { numberParts } from './number-parts.ts';

/** One formula as KaTeX set it: with a slot for each number, and in symbols. */
export interface Formula {
  readonly meaning: string;
  readonly numbers: string;
  readonly symbols: string;
}

/** What KaTeX sets where a number will stand: its height is all that counts. */
const PLACE = '0';

/** A number as HTML, with a raised exponent where it has one. */
const html = (text: string): string =>
  numberParts(text)
    .map(({ text: part, raised }) => (raised ? `<sup>${escaped(part)}</sup>` : escaped(part)))
    .join('');
const escaped = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');

/** Sets a formula at build. A number that is not known yet leaves its slot to the browser. */
export function setFormula(equation: Equation, numbers: Readonly<Record<string, string>> = {}): Formula {
  const tex = toTex(equation, 'numbers', () => PLACE);
  // No MathML twin: it would keep the old numbers. The box that holds it has a name of its own.
  const set = renderTex(tex, { display: true, visualOnly: true });
  return {
    meaning: equation.meaning,
    numbers: set.replace(
      /(data-sym="(\w+)"[^>]*>(?:<[^>]*>)*)0(?=<)/g,
      (_, opening: string, symbol: string) => opening + html(numbers[symbol] ?? PLACE),
    ),
    symbols: renderTex(toTex(equation, 'symbols'), { display: true }),
  };
}
