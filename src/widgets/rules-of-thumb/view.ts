import {
  countingValues,
  equations,
  ok,
  ruleErrors,
  type Outcome,
  type RuleError,
  type RulePart,
} from '#estimator';
import { formatQuantity, whole, type Quantity } from '#format';
import type { Scenario } from '#scenario';
import { askedShape, type AskedShape } from '../frame/asked-shape.ts';
import type { ShownEquation, Span, View } from '../frame/types.ts';
import { catalogued, type Dot } from './catalogued.ts';
import { codeOf } from './code.ts';

/** One rule: its error on the reader's model, on the catalogued ones, and what is to blame. */
export interface RuleRow {
  readonly id: string;
  readonly formula: string;
  readonly against: string;
  readonly error: number;
  readonly shown: string;
  readonly blame: string;
  readonly dots: readonly Dot[];
}

export interface RulesView extends View {
  readonly name: string;
  readonly rows: readonly RuleRow[];
  readonly note: string;
}

const PART_NAMES: Readonly<Record<RulePart, string>> = {
  attention: 'attention’s weights',
  mlp: 'the MLPs',
  scores: 'attention scores',
  tables: 'tables and logits',
  small: 'norms and biases',
};

/** `+6.97%`, `−13.2%`: an error with its sign. */
export function signedShare(error: number): string {
  // Less than a hundredth of a percent is a norm that somebody left out.
  if (Math.abs(error) < 1e-4) return '0%';
  const text = formatQuantity({ value: error, unit: 'ratio' });
  return error > 0 ? `+${text}` : text;
}

/** What is to blame for an error, the largest part first, and the next where it matters. */
export function blameOf({ parts, error }: Pick<RuleError, 'parts' | 'error'>): string {
  const sorted = (Object.entries(parts) as [RulePart, number][]).sort(
    (a, b) => Math.abs(b[1]) - Math.abs(a[1]),
  );
  const worth = sorted.filter(([, share], i) => Math.abs(share) >= (i === 0 ? 5e-4 : 0.005));
  if (worth.length === 0 || Math.abs(error) < 5e-5) return 'exact here';
  return worth
    .slice(0, 2)
    .map(([part, share]) => `${PART_NAMES[part]} ${signedShare(share)}`)
    .join(', ');
}

const rowOf = (error: RuleError, dots: readonly Dot[]): RuleRow => ({
  id: error.rule.id,
  formula: error.rule.formula,
  against: error.rule.against,
  error: error.error,
  shown: signedShare(error.error),
  blame: blameOf(error),
  dots,
});

const amount = ({ rule }: RuleError, value: number): Quantity => ({
  value,
  unit: rule.against === 'parameters' ? 'size' : 'FLOP/token',
  digits: 4,
});

function sentenceOf({ name, shape }: AskedShape, errors: readonly RuleError[], sequence: number): Span[] {
  const of = (id: string): string => signedShare(errors.find(({ rule }) => rule.id === id)?.error ?? 0);
  return [
    { text: `For ${name} at ${whole(sequence)} tokens, 6N is off by ` },
    { text: of('6n'), strong: true },
    { text: ` and 12Lh² by ` },
    { text: of('12lh2'), strong: true },
    {
      text: `; Megatron’s formula, made for a plain GPT, by ${of('megatron-f')}${shape.moe ? '. N is what a token meets' : ''}.`,
    },
  ];
}

function equationsOf({ shape }: AskedShape, errors: readonly RuleError[], sequence: number): ShownEquation[] {
  const { layers, hidden, vocab } = countingValues(shape, 2);
  const text = (value: number): string => formatQuantity({ value, unit: 'count' });
  const numbers = {
    layers: text(layers),
    hidden: text(hidden),
    vocab: text(vocab),
    sequence: text(sequence),
  };
  const value = (id: string): number => errors.find(({ rule }) => rule.id === id)?.value ?? 0;
  const parameters = (id: string): string => formatQuantity({ value: value(id), unit: 'size', digits: 4 });
  return [
    {
      id: equations.twelveLh2.id,
      numbers: { layers: numbers.layers, hidden: numbers.hidden, parameters: parameters('12lh2') },
    },
    { id: equations.megatronParameters.id, numbers: { ...numbers, parameters: parameters('megatron-n') } },
    {
      id: equations.megatronFlopsPerToken.id,
      numbers: {
        ...numbers,
        flopsPerToken: formatQuantity({
          value: value('megatron-f'),
          unit: 'FLOP/token',
          digits: 4,
        }),
      },
    },
  ];
}

/** Every rule against the exact count: the reader's model among the catalogued ones. */
export function view(scenario: Scenario): Outcome<RulesView> {
  const asked = askedShape(scenario);
  if (!asked.ok) return asked;
  const { name, shape, moved } = asked.value;
  const { sequence } = scenario.data;
  const causal = scenario.question.attention === 'causal';
  const errors = ruleErrors(shape, { sequence, causal });
  const all = catalogued(causal);
  const ratio = (value: number): Quantity => ({ value, unit: 'ratio' });
  return ok({
    name,
    rows: errors.map((error) => rowOf(error, all.dots[error.rule.id])),
    note: [
      `Grey dots are the ${whole(all.rows.length)} models of the catalogue, each at its own context; errors beyond the axis sit at its end.`,
      moved,
    ]
      .filter(Boolean)
      .join(' '),
    sentence: sentenceOf(asked.value, errors, sequence),
    equations: equationsOf(asked.value, errors, sequence),
    code: codeOf(shape, { sequence, causal }),
    table: {
      caption: 'What each rule says over what is counted exactly, less one',
      columns: [
        { label: 'Model' },
        ...errors.map(({ rule }) => ({ label: `${rule.formula}, ${rule.against}`, unit: 'share' })),
      ],
      rows: [
        [`${name} (yours)`, ...errors.map(({ error }) => ratio(error))],
        ['says', ...errors.map((error) => amount(error, error.value))],
        ['exact', ...errors.map((error) => amount(error, error.exact))],
        ...all.table,
      ],
    },
  });
}
