import type { Equation, Expr } from './expr.ts';

/** Exponents of base units: FLOP/s/GPU is { FLOP: 1, s: -1, GPU: -1 }. Units with exponent 0 are absent. */
export type Dimension = Readonly<Record<string, number>>;

function combine(left: Dimension, right: Dimension, sign: 1 | -1): Dimension {
  const result: Record<string, number> = { ...left };
  for (const [unit, exponent] of Object.entries(right)) {
    const total = (result[unit] ?? 0) + sign * exponent;
    if (total === 0) delete result[unit];
    else result[unit] = total;
  }
  return result;
}

/** Reads a unit such as `FLOP/s/GPU`, `GPU*s` or `1`. */
export function parseUnit(text: string): Dimension {
  let dimension: Dimension = {};
  for (const [, operator, unit = ''] of text.matchAll(/(^|[*/])([^*/]+)/g)) {
    if (unit !== '1') dimension = combine(dimension, { [unit]: 1 }, operator === '/' ? -1 : 1);
  }
  return dimension;
}

/** Whether two dimensions are the same. */
export const sameDimension = (a: Dimension, b: Dimension): boolean =>
  Object.keys(combine(a, b, -1)).length === 0;

function dimensionOf(expr: Expr, symbols: Equation['symbols']): Dimension | null {
  switch (expr.kind) {
    case 'number':
      return parseUnit(expr.unit);
    case 'symbol':
      return parseUnit(symbols[expr.name]?.unit ?? '1');
    case 'sum': {
      const all = expr.terms.map((term) => dimensionOf(term, symbols));
      const first = all[0] ?? null;
      return first && all.every((d) => d && sameDimension(d, first)) ? first : null;
    }
    case 'product':
      return expr.factors
        .map((factor) => dimensionOf(factor, symbols))
        .reduce<Dimension | null>((total, d) => total && d && combine(total, d, 1), {});
    case 'quotient': {
      const over = dimensionOf(expr.over, symbols);
      const under = dimensionOf(expr.under, symbols);
      return over && under && combine(over, under, -1);
    }
    case 'power': {
      const base = dimensionOf(expr.base, symbols);
      return base && Object.fromEntries(Object.entries(base).map(([unit, n]) => [unit, n * expr.exponent]));
    }
  }
}

/**
 * The dimension of a formula's right-hand side, by multiplying its units through.
 * @returns null when it adds quantities of different dimensions
 */
export const dimension = (equation: Equation): Dimension | null =>
  dimensionOf(equation.expr, equation.symbols);
