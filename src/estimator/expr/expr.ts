import type { SourceRef } from '../types.ts';

/** A formula as a tree: one source for its value, its TeX and its dimension. `S` names the symbols it may use. */
export type Expr<S extends string = string> =
  | { readonly kind: 'number'; readonly value: number; readonly unit: string }
  | { readonly kind: 'symbol'; readonly name: S }
  | { readonly kind: 'sum'; readonly terms: readonly Expr<S>[] }
  | { readonly kind: 'product'; readonly factors: readonly Expr<S>[] }
  | { readonly kind: 'quotient'; readonly over: Expr<S>; readonly under: Expr<S> }
  | { readonly kind: 'power'; readonly base: Expr<S>; readonly exponent: number };

/** What a symbol of a formula stands for. `unit` is a product of base units, such as `FLOP/s/GPU`; `1` for none. */
export interface SymbolInfo {
  readonly tex: string;
  readonly unit: string;
  readonly meaning: string;
}

/** A displayed formula: `symbol = expr`. */
export interface Equation<S extends string = string> {
  readonly id: string;
  /** Name of the quantity that it gives; what `data-sym` says in the browser. */
  readonly result: string;
  /** The left-hand side in TeX. */
  readonly symbol: string;
  readonly unit: string;
  readonly meaning: string;
  readonly expr: Expr<S>;
  readonly symbols: Readonly<Record<S, SymbolInfo>>;
  readonly source: SourceRef;
}

/** A bare number is an operand; so is the name of a symbol. */
export type Operand<S extends string> = number | S | Expr<S>;

const lift = <S extends string>(operand: Operand<S>): Expr<S> => {
  if (typeof operand === 'number') return { kind: 'number', value: operand, unit: '1' };
  if (typeof operand === 'string') return { kind: 'symbol', name: operand };
  return operand;
};

/** A constant with a unit: the 6 of 6ND is FLOP per parameter and token. */
export const constant = (value: number, unit: string): Expr<never> => ({ kind: 'number', value, unit });

export const sum = <S extends string>(...terms: Operand<S>[]): Expr<S> => ({
  kind: 'sum',
  terms: terms.map(lift),
});

export const product = <S extends string>(...factors: Operand<S>[]): Expr<S> => ({
  kind: 'product',
  factors: factors.map(lift),
});

export const quotient = <S extends string>(over: Operand<S>, under: Operand<S>): Expr<S> => ({
  kind: 'quotient',
  over: lift(over),
  under: lift(under),
});

export const power = <S extends string>(base: Operand<S>, exponent: number): Expr<S> => ({
  kind: 'power',
  base: lift(base),
  exponent,
});
