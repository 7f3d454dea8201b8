import {
  LEDGER_ROWS,
  ledgerBytes,
  ok,
  type LedgerAnswer,
  type LedgerPart,
  type LedgerQuestion,
  type LedgerRow,
  type Outcome,
} from '#estimator';
import { formatQuantity, significant, whole, type Quantity } from '#format';
import { baseModel, isListed, ledgerTitle, type Scenario, type Values } from '#scenario';
import type { Span, View } from '../frame/types.ts';
import { splitWithin } from '../step/memory-question.ts';
import { changedText, shapeOf } from '../step/question.ts';
import { SOURCE_NAMES } from './names.ts';

export const PARTS = [
  'weights',
  'gradients',
  'master',
  'moments',
  'other',
] as const satisfies readonly LedgerPart[];

export interface LedgerView extends View {
  readonly rows: readonly {
    readonly id: string;
    readonly name: string;
    readonly detail: string;
    readonly parts: readonly number[];
    readonly total: number;
    readonly current: boolean;
  }[];
  readonly capacity: number;
  readonly chosen: LedgerAnswer;
  /** What is to be known about the chosen recipe, and where it was read. */
  readonly note: string;
}

interface Entry {
  readonly row: LedgerRow;
  readonly answer: LedgerAnswer;
}

const gib = (value: number): Quantity => ({ value, unit: 'B', as: 'GiB' });
const show = (value: number): string => formatQuantity(gib(value));
const bytes = (value: number): string => significant(value, 4);

/** `6 + 12/d`: bytes a parameter as a formula, without what is not there. */
function formulaOf({ whole: each, shared, trained }: LedgerAnswer): string {
  const terms = [
    ...(each > 0 ? [bytes(each)] : []),
    ...(shared > 0 ? [`${bytes(shared)}/d`] : []),
    ...(trained > 0 ? [`${bytes(trained)}x`] : []),
  ];
  return terms.join(' + ');
}

const sourcesOf = ({ sources }: LedgerRow): string =>
  sources.map(({ key, where }) => `${SOURCE_NAMES[key]}, ${where}`).join('; ');

function listedIn({ values }: Scenario, entries: readonly Entry[]): readonly Entry[] {
  const { ledgerFamily, ledgerOrder } = values;
  const shown = entries.filter(({ row }) => isListed(row.family, ledgerFamily));
  return ledgerOrder === 'listed' ? shown : [...shown].sort((a, b) => a.answer.total - b.answer.total);
}

function sentenceOf(
  page: Scenario,
  { row, answer }: Entry,
  all: readonly Entry[],
  asked: LedgerQuestion,
): Span[] {
  const totals = all.map(({ answer: { total } }) => total);
  const size = (value: number): string => formatQuantity({ value, unit: 'size' });
  const stored = storedOf(page.values, page.model);
  const cut = asked.parameters === stored ? 'all' : `${size(asked.parameters)} of the`;
  return [
    { text: `By the recipe “${ledgerTitle(row)}” a GPU holds ` },
    { text: show(answer.total), strong: true },
    {
      text: ` of state for ${cut} ${size(stored)} parameters, as one of ${whole(asked.replicas)} ${asked.replicas === 1 ? 'replica' : 'replicas'}: ${bytes(answer.total / asked.parameters)} bytes each. The recipes listed take from ${show(Math.min(...totals))} to ${show(Math.max(...totals))}.`,
    },
  ];
}

/** Parameters that are held. A number typed for N is of those that a token visits, which says nothing of experts at rest. */
const storedOf = (values: Values, model: Scenario['model']): number =>
  shapeOf(values)?.moe ? (baseModel(values.model, values.shape)?.stored ?? model.stored) : model.stored;

function questionOf({ values, model, cluster }: Scenario): LedgerQuestion {
  const { tensorParallel, pipelineParallel } = splitWithin(values, cluster.gpus).split;
  const ways = tensorParallel * pipelineParallel;
  return {
    parameters: storedOf(values, model) / ways,
    replicas: Math.floor(cluster.gpus / ways),
    trainedShare: values.ledgerTrained,
  };
}

/** What the memory tank does otherwise. */
const EXPERTS =
  'Experts are divided as everything else is; the memory tank splits them by expert parallelism alone.';

const codeOf = ({ costs }: LedgerRow, asked: LedgerQuestion): string =>
  [
    `import { ledgerBytes } from './src/estimator/index.ts';`,
    '',
    `const costs = [`,
    ...costs.map((cost) => `  ${JSON.stringify(cost)},`),
    `];`,
    `console.log(ledgerBytes({ costs }, ${JSON.stringify(asked)}));`,
  ].join('\n');

/** What each recipe takes of one GPU, for the reader's model, split and replicas. */
export function view(page: Scenario): Outcome<LedgerView> {
  const asked = questionOf(page);
  const entries = LEDGER_ROWS.map((row) => ({ row, answer: ledgerBytes(row, asked) }));
  const chosen = entries.find(({ row }) => row.id === page.values.ledgerRow)!;
  const listed = listedIn(page, entries);
  const { answer } = chosen;
  const real = (value: number): string => formatQuantity({ value, unit: 'real', digits: 6 });
  return ok({
    rows: listed.map(({ row, answer: { parts, total, ...rest } }) => ({
      id: row.id,
      name: ledgerTitle(row),
      detail: `${formulaOf({ parts, total, ...rest })} bytes`,
      parts: PARTS.map((part) => parts[part]),
      total,
      current: row.id === page.values.ledgerRow,
    })),
    capacity: page.cluster.gpu.memory,
    chosen: answer,
    note: [
      `${chosen.row.note} Read in: ${sourcesOf(chosen.row)}.`,
      ...changedText(splitWithin(page.values, page.cluster.gpus)),
      ...(shapeOf(page.values)?.moe ? [EXPERTS] : []),
    ].join(' '),
    sentence: sentenceOf(page, chosen, listed, asked),
    equations: [
      {
        id: answer.trained > 0 ? 'ledger-trained' : 'ledger',
        numbers: {
          wholeBytes: real(answer.whole),
          sharedBytes: real(answer.shared),
          trainedBytes: real(answer.trained),
          trainedShare: formatQuantity({ value: asked.trainedShare, unit: 'ratio' }),
          shards: real(asked.replicas),
          storedParameters: formatQuantity({ value: asked.parameters, unit: 'size' }),
          modelState: formatQuantity(gib(answer.total)),
        },
      },
    ],
    code: codeOf(chosen.row, asked),
    table: {
      caption: `Model state on one GPU by recipe: ${formatQuantity({ value: asked.parameters, unit: 'size' })} parameters, ${whole(asked.replicas)} replicas`,
      columns: [
        { label: 'Recipe' },
        { label: 'Bytes a parameter' },
        ...PARTS.map((label) => ({ label, unit: 'B' })),
        { label: 'all', unit: 'B' },
        { label: 'Read in' },
      ],
      rows: listed.map(({ row, answer: { parts, total, ...rest } }) => [
        ledgerTitle(row),
        formulaOf({ parts, total, ...rest }),
        ...PARTS.map((part) => gib(parts[part])),
        gib(total),
        sourcesOf(row),
      ]),
    },
  });
}
