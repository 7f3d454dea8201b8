import { LEDGER_NAMES, type LedgerFamily, type LedgerName } from '#estimator';
import type { Field } from './field-types.ts';
import { choice } from './options.ts';

/** What the ledger of bytes a parameter asks beyond the page. */
export interface LedgerValues {
  /** Id of the recipe that the sentence and the formula are about. */
  ledgerRow: string;
  ledgerFamily: 'all' | 'frameworks' | LedgerFamily;
  ledgerOrder: 'listed' | 'least';
  /** Parameters that adapters train, as a share of all. */
  ledgerTrained: number;
}

const FAMILIES = [...new Set(LEDGER_NAMES.map(({ family }) => family))];

const FRAMEWORKS: ReadonlySet<LedgerFamily> = new Set(['Megatron', 'DeepSpeed', 'FSDP', 'nanotron']);

/** A recipe's name, with whose it is where that does not say so. */
export const ledgerTitle = ({ family, name }: Pick<LedgerName, 'family' | 'name'>): string =>
  FRAMEWORKS.has(family) ? `${family}: ${name}` : name;

/** Whether a recipe is listed under what the reader chose to see. */
export const isListed = (family: LedgerFamily, shown: LedgerValues['ledgerFamily']): boolean =>
  shown === 'all' || (shown === 'frameworks' ? FRAMEWORKS.has(family) : family === shown);

export const ledgerFields: { readonly [K in keyof LedgerValues]: Field } = {
  ledgerRow: choice(
    'Recipe',
    'zlr',
    'The recipe that the sentence and the formula are about.',
    LEDGER_NAMES.map((row) => [row.id, ledgerTitle(row)]),
  ),
  ledgerFamily: choice('Show', 'zlf', 'Which recipes are listed.', [
    ['all', 'all recipes'],
    ['frameworks', 'what frameworks hold'],
    ...FAMILIES.map((family) => [family, family === 'convention' ? 'conventions' : family] as const),
  ]),
  ledgerOrder: choice('Order', 'zlo', 'As the chapter has them, or the leanest on this GPU first.', [
    ['listed', 'as listed'],
    ['least', 'leanest first'],
  ]),
  ledgerTrained: {
    kind: 'number',
    label: 'Trained by LoRA',
    symbol: 'x',
    unit: 'ratio',
    min: 1e-6,
    max: 1,
    why: 'between 0.0001% and 100% of the parameters',
    slider: [1e-4, 0.1],
    scale: 'log',
    help: 'Share of the parameters that adapters add. Rank 16 on every matrix of Llama 3 8B is half a percent.',
    url: 'zlt',
  },
};

export const ledgerDefaults = {
  ledgerRow: 'megatron-distributed',
  // Nine rows rather than nineteen; the text above the cell has the three conventions.
  ledgerFamily: 'frameworks',
  ledgerOrder: 'listed',
  ledgerTrained: 0.005,
} as const satisfies LedgerValues;
