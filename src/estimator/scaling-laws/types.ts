import type { SourceRef } from '../types.ts';
import type { Flop } from '../units.ts';

export type ScalingLawId = 'kaplan' | 'hoffmann-1' | 'hoffmann-2' | 'hoffmann-3' | 'besiroglu';

/** L(N, D) = E + A/N^alpha + B/D^beta, nats a token. */
export interface ParametricLoss {
  readonly irreducible: number;
  readonly parameterScale: number;
  readonly dataScale: number;
  readonly parameterExponent: number;
  readonly dataExponent: number;
}

/** L(N, D) = ((Nc/N)^(alphaN/alphaD) + Dc/D)^alphaD, nats a token. */
export interface CoupledLoss {
  readonly parameterScale: number;
  readonly dataScale: number;
  readonly parameterExponent: number;
  readonly dataExponent: number;
}

/** The optimal N as a power of the budget: through a point, with an exponent. */
export interface SizePower {
  readonly flops: Flop;
  readonly parameters: number;
  readonly exponent: number;
}

/** What the models behind a law had: outside of it the law is extrapolated. */
export interface TestedRange {
  readonly parameters: readonly [number, number];
  readonly tokens: readonly [number, number];
  readonly source: SourceRef;
}

/** A published law. Its loss is on its own data and with its own tokens: two laws' losses do not compare. */
export interface ScalingLaw {
  readonly id: ScalingLawId;
  readonly name: string;
  readonly short: string;
  /** What its N counts. */
  readonly counts: 'all parameters' | 'without embeddings';
  /** The size that it would choose for a budget; the data follow from 6ND. */
  readonly optimum: SizePower;
  readonly loss:
    | { readonly kind: 'parametric'; readonly of: ParametricLoss }
    | { readonly kind: 'coupled'; readonly of: CoupledLoss }
    | null;
  readonly tested: TestedRange;
  readonly source: SourceRef;
}
