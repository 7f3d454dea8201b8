import { models } from '#catalog';
import { ruleErrors, RULE_IDS, type RuleError, type RuleId } from '#estimator';
import type { TableCell } from '../frame/types.ts';

/** A rule's error on one catalogued model. */
export interface Dot {
  readonly name: string;
  readonly error: number;
}

/** Every catalogued model under one convention. */
export interface Catalogued {
  readonly rows: readonly { readonly name: string; readonly errors: readonly RuleError[] }[];
  /** The same as rows of a table: made once, so that a browser writes them once. */
  readonly table: readonly (readonly TableCell[])[];
  /** The models of a rule, from the lowest error to the highest. */
  readonly dots: Readonly<Record<RuleId, readonly Dot[]>>;
}

function count(causal: boolean): Catalogued {
  const rows = models.map(({ name, shape }) => ({ name, errors: ruleErrors(shape, { causal }) }));
  const dotsOf = (id: RuleId): Dot[] =>
    rows
      .map(({ name, errors }) => ({ name, error: errors.find((e) => e.rule.id === id)?.error ?? 0 }))
      .sort((a, b) => a.error - b.error);
  const table = rows.map(({ name, errors }): TableCell[] => [
    name,
    ...errors.map(({ error }) => ({ value: error, unit: 'ratio', digits: 2 }) as const),
  ]);
  return {
    rows,
    table,
    dots: Object.fromEntries(RULE_IDS.map((id) => [id, dotsOf(id)])) as unknown as Catalogued['dots'],
  };
}

const counted = new Map<boolean, Catalogued>();

/** The errors of every rule on every catalogued model, each at its own context; counted once for each convention. */
export function catalogued(causal: boolean): Catalogued {
  const found = counted.get(causal) ?? count(causal);
  counted.set(causal, found);
  return found;
}
