import type { Equation, Expr } from './expr.ts';

function value<S extends string>(expr: Expr<S>, values: Readonly<Record<S, number>>): number {
  switch (expr.kind) {
    case 'number':
      return expr.value;
    case 'symbol':
      return values[expr.name];
    case 'sum':
      return expr.terms.reduce((total, term) => total + value(term, values), 0);
    case 'product':
      return expr.factors.reduce((total, factor) => total * value(factor, values), 1);
    case 'quotient':
      return value(expr.over, values) / value(expr.under, values);
    case 'power':
      return value(expr.base, values) ** expr.exponent;
  }
}

/**
 * What a formula gives for these values of its symbols.
 * @param values in the unit each symbol states
 * @returns a number in the equation's unit
 */
export const evaluate = <S extends string>(
  equation: Equation<S>,
  values: Readonly<Record<S, number>>,
): number => value(equation.expr, values);
