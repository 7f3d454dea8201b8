import { toTex, type Equation } from '#estimator';
import { renderTex } from '#markdown/katex.ts';

/** One formula as KaTeX set it: with a slot for each number, and in symbols. */
export interface Formula {
  readonly meaning: string;
  readonly numbers: string;
  readonly symbols: string;
}

/** Sets a formula at build. A number that is not known yet leaves its slot to the browser. */
export function setFormula(equation: Equation, numbers: Readonly<Record<string, string>> = {}): Formula {
  return {
    meaning: equation.meaning,
    // No MathML twin: it would keep the old numbers. The box that holds it has a name of its own.
    numbers: renderTex(
      toTex(equation, 'numbers', (symbol) => numbers[symbol] ?? '0'),
      { display: true, visualOnly: true },
    ),
    symbols: renderTex(toTex(equation, 'symbols'), { display: true }),
  };
}
