import type { SourceRef } from '../types.ts';

/** The rules that people count with. */
export type RuleId = '12lh2' | '16lh2' | 'megatron-n' | '6n' | '8n' | 'megatron-f';

/** Where a rule and the exact count part ways. */
export type RulePart =
  | 'attention'
  /** MLPs, dense or of experts, with their routers. */
  | 'mlp'
  /** Products of queries with keys and of weights with values. */
  | 'scores'
  /** Tables at both ends, and the logits. */
  | 'tables'
  /** Norms and biases. */
  | 'small';

/** A value for each part; rules are compared part by part. */
export type ByPart = Readonly<Record<RulePart, number>>;

export interface Rule {
  readonly id: RuleId;
  /** As it is written. */
  readonly formula: string;
  /** The exact count that it stands for. */
  readonly against: 'parameters' | 'model FLOPs' | 'hardware FLOPs';
  readonly source: SourceRef;
}

export interface RuleError {
  readonly rule: Rule;
  /** What the rule says: parameters, or FLOP for one token. */
  readonly value: number;
  readonly exact: number;
  /** rule / exact - 1: negative where the rule counts too little. */
  readonly error: number;
  /** The same error, by the part that it comes from: the shares sum to `error`. */
  readonly parts: ByPart;
  /** The part with the largest share, up or down. */
  readonly largest: RulePart;
}
