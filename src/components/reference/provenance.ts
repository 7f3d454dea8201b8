import { factsOf } from '#catalog/values.ts';

/** One place that several numbers of a record were read in. */
export interface Origin {
  /** What was read there, in the reader's words. */
  readonly fields: readonly string[];
  /** Bibliography keys, or `derived` for arithmetic of our own. */
  readonly sources: readonly string[];
  readonly where: string;
  readonly confirmed: boolean;
  readonly note: string | undefined;
}

/** Numbers the sources of all records in the order of their first use, from 1. */
export function sourceNumbers(records: readonly unknown[]): ReadonlyMap<string, number> {
  const keys = records.flatMap((record) => factsOf(record).flatMap(([, { source }]) => [source].flat()));
  return new Map([...new Set(keys)].filter((key) => key !== 'derived').map((key, i) => [key, i + 1]));
}

/** Where the numbers of a record come from: numbers from one place together, in the order of the record. */
export function originsOf(record: unknown, label: (path: string) => string): readonly Origin[] {
  const origins = new Map<string, Origin>();
  for (const [path, { source, where, confirmed, note }] of factsOf(record)) {
    const key = JSON.stringify([source, where, confirmed, note]);
    const fields = [...new Set([...(origins.get(key)?.fields ?? []), label(path)])];
    origins.set(key, { fields, sources: [source].flat(), where, confirmed: confirmed !== false, note });
  }
  return [...origins.values()];
}
