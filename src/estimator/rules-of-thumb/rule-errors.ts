import { modelFlops } from '../flops/model-flops.ts';
import { BACKWARD_PER_FORWARD } from '../tensors/cost.ts';
import { FLOP_PER_PARAMETER_TOKEN, FLOP_PER_PARAMETER_TOKEN_RECOMPUTED } from '../flops/six-nd.ts';
import { countParameters } from '../parameters.ts';
import type { Model } from '../types.ts';
import { activeParts, flopParts, parameterParts } from './exact-parts.ts';
import { RULES, RULE_IDS } from './rules.ts';
import type { ByPart, RuleError, RuleId, RulePart } from './types.ts';

export interface RuleOptions {
  /** Tokens that attend to each other; the model's own context unless said. */
  readonly sequence?: number;
  /** Count the exact FLOPs without the masked half of the scores. The rules have no such switch. */
  readonly causal?: boolean;
}

const PARTS: readonly RulePart[] = ['attention', 'mlp', 'scores', 'tables', 'small'];

const byPart = (of: (part: RulePart) => number): ByPart => ({
  attention: of('attention'),
  mlp: of('mlp'),
  scores: of('scores'),
  tables: of('tables'),
  small: of('small'),
});

const total = (parts: ByPart): number => PARTS.reduce((sum, part) => sum + parts[part], 0);

/** Passes over the weights: forward and backward, with the forward one again under full recomputation. */
const TRAINING = 1 + BACKWARD_PER_FORWARD;
const RECOMPUTED = TRAINING + 1;

/** The rules as they are printed, each split into the parts that its derivation adds up. */
function ruleParts(model: Model, sequence: number, active: ByPart): Readonly<Record<RuleId, ByPart>> {
  const { layers, hidden, vocab } = model;
  const square = layers * hidden ** 2;
  const none = { scores: 0, tables: 0, small: 0 };
  return {
    '12lh2': { ...none, attention: 4 * square, mlp: 8 * square },
    '16lh2': { ...none, attention: 4 * square, mlp: 12 * square },
    'megatron-n': {
      ...none,
      attention: 4 * square,
      mlp: 8 * square,
      tables: (vocab + sequence) * hidden,
      small: 13 * layers * hidden,
    },
    '6n': byPart((part) => FLOP_PER_PARAMETER_TOKEN * active[part]),
    '8n': byPart((part) => FLOP_PER_PARAMETER_TOKEN_RECOMPUTED * active[part]),
    'megatron-f': {
      attention: 24 * square,
      mlp: 48 * square,
      scores: 12 * layers * sequence * hidden,
      tables: 6 * hidden * vocab,
      small: 0,
    },
  };
}

/**
 * How far each rule of thumb is from the exact count of a model, and which part of it is to blame.
 *
 * 6N and 8N take the parameters that a token meets. 8N is held against the hardware FLOPs of full recomputation, which
 * runs the layers' forward pass twice and that of the logits once.
 *
 * @param model a shape that `checkModel` accepts
 * @returns one row a rule, in the order of `RULE_IDS`; FLOP are for one token
 * @source Kaplan 2020, section 2.1; Narayanan 2021, equations 2 and 3; Korthikanti 2022, equation 7
 */
export function ruleErrors(model: Model, options: RuleOptions = {}): readonly RuleError[] {
  const { sequence = model.sequence, causal = false } = options;
  const count = countParameters(model);
  const { forward } = modelFlops(model, { sequence, causal });
  const rules = ruleParts(model, sequence, activeParts(model, count));
  const exact = {
    parameters: parameterParts(model, count),
    'model FLOPs': flopParts(forward, TRAINING),
    'hardware FLOPs': { ...flopParts(forward, RECOMPUTED), tables: TRAINING * forward.logits },
  };
  return RULE_IDS.map((id) => {
    const counted = exact[RULES[id].against];
    const whole = total(counted);
    const parts = byPart((part) => (rules[id][part] - counted[part]) / whole);
    const largest = PARTS.reduce((a, b) => (Math.abs(parts[b]) > Math.abs(parts[a]) ? b : a));
    return { rule: RULES[id], value: total(rules[id]), exact: whole, error: total(parts), parts, largest };
  });
}
