import type { Equation, Expr } from './expr.ts';

const ESCAPES: Readonly<Record<string, string>> = {
  '\\': '\\textbackslash{}',
  '~': '\\textasciitilde{}',
  '^': '\\textasciicircum{}',
};

/** Plain text, safe inside `\text{}`. */
const escapeTex = (text: string): string =>
  text.replace(/[\\{}$&#%_~^]/g, (character) => ESCAPES[character] ?? `\\${character}`);

/** A number that a script can find by its symbol's name and replace without KaTeX. */
const slot = (name: string, text: string): string => `\\htmlData{sym=${name}}{\\text{${escapeTex(text)}}}`;

interface Writer {
  readonly symbol: (name: string) => string;
  /** What stands between two factors. */
  readonly times: string;
}

const inBrackets = (expr: Expr, writer: Writer): string => `\\left(${write(expr, writer)}\\right)`;

/** Sums need brackets wherever they are multiplied. */
const bracketed = (expr: Expr, writer: Writer): string =>
  expr.kind === 'sum' ? inBrackets(expr, writer) : write(expr, writer);

/** What is raised needs them unless it is one number or symbol. */
const raised = (expr: Expr, writer: Writer): string =>
  expr.kind === 'number' || expr.kind === 'symbol' ? write(expr, writer) : inBrackets(expr, writer);

/** Between two numbers a space is not enough: 2 h is two h, but 2 4 is not eight. */
const isDigits = (expr: Expr | undefined): boolean => expr?.kind === 'number';

/** What is taken away: a negative number, alone or before other factors. Null for what is added. */
function taken(expr: Expr): Expr | null {
  if (expr.kind === 'number') return expr.value < 0 ? { ...expr, value: -expr.value } : null;
  const [first, ...rest] = expr.kind === 'product' ? expr.factors : [];
  const positive = first?.kind === 'number' ? taken(first) : null;
  if (positive?.kind !== 'number') return null;
  return { kind: 'product', factors: positive.value === 1 ? rest : [positive, ...rest] };
}

/** Behind another term it is a difference: `p - 1` and `p - i`, not `p + -1` and `p + -1 i`. */
const signOf = (term: Expr): string => (taken(term) ? ' - ' : ' + ');
const unsigned = (term: Expr, place: number): Expr => (place > 0 ? taken(term) : null) ?? term;

function writeProduct(factors: readonly Expr[], writer: Writer): string {
  return factors.reduce((tex, factor, i) => {
    const between = isDigits(factor) && isDigits(factors[i - 1]) ? ' \\times ' : writer.times;
    return i === 0 ? bracketed(factor, writer) : tex + between + bracketed(factor, writer);
  }, '');
}

function write(expr: Expr, writer: Writer): string {
  switch (expr.kind) {
    case 'number':
      return String(expr.value);
    case 'symbol':
      return writer.symbol(expr.name);
    case 'sum':
      return expr.terms
        .map((term, i) => (i === 0 ? '' : signOf(term)) + write(unsigned(term, i), writer))
        .join('');
    case 'product':
      return writeProduct(expr.factors, writer);
    case 'quotient':
      return `\\frac{${write(expr.over, writer)}}{${write(expr.under, writer)}}`;
    case 'power':
      if (expr.exponent === 0.5) return `\\sqrt{${write(expr.base, writer)}}`;
      // An exponent that was fitted has more digits than it says anything with.
      return `${raised(expr.base, writer)}^{${Number(expr.exponent.toPrecision(4))}}`;
  }
}

/**
 * A formula in TeX: in symbols, `T = \frac{6 N D}{n P e}`, or with numbers and the result behind them.
 *
 * With numbers, every value is wrapped as `\htmlData{sym=<name>}{\text{...}}`, so that a page can replace the text of
 * `[data-sym=<name>]` after an edit and never needs KaTeX in the browser. The result carries the name `equation.result`.
 * @param show the text of a value by its symbol's name, and of the result; any text, it is escaped here
 */
export function toTex(equation: Equation, mode: 'symbols'): string;
export function toTex(equation: Equation, mode: 'numbers', show: (name: string) => string): string;
export function toTex(
  equation: Equation,
  mode: 'symbols' | 'numbers',
  show: (name: string) => string = String,
): string {
  const { symbol, expr, symbols, result } = equation;
  if (mode === 'symbols') {
    return `${symbol} = ${write(expr, { symbol: (name) => symbols[name]?.tex ?? name, times: ' ' })}`;
  }
  const numbers = write(expr, { symbol: (name) => slot(name, show(name)), times: ' \\times ' });
  return `${symbol} = ${numbers} = ${slot(result, show(result))}`;
}
