/** What the simplest model would get: one MFU per GPU and number format. An estimator that is not better is not needed. */
import { groupBy } from './statistics.ts';

export interface BaselineRun {
  /** GPU and number format. */
  readonly key: string;
  /** MFU as measured, every run by one count of FLOPs. */
  readonly mfu: number;
}

/** Predicting time by a constant MFU c errs by mfu / c - 1. */
const timeError = (mfu: number, constant: number): number => mfu / constant - 1;

function bestConstant(mfus: readonly number[]): number {
  const cost = (constant: number): number =>
    mfus.reduce((sum, mfu) => sum + Math.abs(timeError(mfu, constant)), 0);
  // The cost is smooth and falling or rising between two measured values, so that one of them is the best.
  return mfus.reduce((best, candidate) => (cost(candidate) < cost(best) ? candidate : best));
}

/** The constant of least mean absolute error in time, for each key. */
export const bestConstants = (runs: readonly BaselineRun[]): ReadonlyMap<string, number> =>
  new Map(
    [...groupBy(runs, ({ key }) => key)].map(([key, group]) => [key, bestConstant(group.map((r) => r.mfu))]),
  );

/** Errors in time of constants on runs; runs whose key has no constant are left out. */
export const baselineErrors = (
  runs: readonly BaselineRun[],
  constants: ReadonlyMap<string, number>,
): readonly number[] =>
  runs.flatMap(({ key, mfu }) => {
    const constant = constants.get(key);
    return constant === undefined ? [] : [timeError(mfu, constant)];
  });
