import { CONVENTION_ROWS } from './conventions.ts';
import { FRAMEWORK_ROWS } from './frameworks.ts';
import { SMALL_ROWS } from './small.ts';
import type { LedgerRow } from './types.ts';

/** Recipes that papers and frameworks use, with what each really allocates; the order is that of the chapter. */
export const LEDGER_ROWS: readonly LedgerRow[] = [...CONVENTION_ROWS, ...FRAMEWORK_ROWS, ...SMALL_ROWS];
