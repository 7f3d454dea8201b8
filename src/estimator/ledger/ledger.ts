import type { Bytes } from '../units.ts';
import type { LedgerHolder, LedgerPart, LedgerRow } from './types.ts';

/** What a reader's model asks of a recipe. */
export interface LedgerQuestion {
  /** All parameters, idle experts included. */
  readonly parameters: number;
  /** GPUs that each hold a copy, and share out what the recipe shares. */
  readonly replicas: number;
  /** Parameters that adapters train, as a share of all. */
  readonly trainedShare: number;
}

export interface LedgerAnswer {
  /** Bytes on one GPU, by part and together. */
  readonly parts: Readonly<Record<LedgerPart, Bytes>>;
  readonly total: Bytes;
  /** Bytes a parameter that each replica holds, that replicas share out, and for each trained one. */
  readonly whole: Bytes;
  readonly shared: Bytes;
  readonly trained: Bytes;
}

const sumOf = ({ costs }: Pick<LedgerRow, 'costs'>, by: LedgerHolder): Bytes =>
  costs.reduce((sum, { bytes, held }) => sum + (held === by ? bytes : 0), 0);

/**
 * What a recipe takes of one GPU: `(whole + shared / d + x trained) N`. Activations are not in it.
 * @returns bytes
 * @source Rajbhandari 2020, figure 1, for the way of counting; each row has its own
 */
export function ledgerBytes(row: Pick<LedgerRow, 'costs'>, question: LedgerQuestion): LedgerAnswer {
  const { parameters, replicas, trainedShare } = question;
  const scale: Readonly<Record<LedgerHolder, number>> = {
    whole: 1,
    shared: 1 / replicas,
    trained: trainedShare,
  };
  const parts: Record<LedgerPart, Bytes> = { weights: 0, gradients: 0, master: 0, moments: 0, other: 0 };
  let total = 0;
  for (const { part, bytes, held } of row.costs) {
    const here = bytes * scale[held] * parameters;
    parts[part] += here;
    total += here;
  }
  return {
    parts,
    total,
    whole: sumOf(row, 'whole'),
    shared: sumOf(row, 'shared'),
    trained: sumOf(row, 'trained'),
  };
}
