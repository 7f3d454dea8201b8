/** Does a predicted memory tell the runs that fitted from those that ran out of memory? */

export interface FeasibilityCase {
  /** The run was measured, so it fitted; or it ran out of memory. */
  readonly fitted: boolean;
  readonly predictedFits: boolean;
}

export interface Feasibility {
  readonly fitted: number;
  readonly outOfMemory: number;
  /** Share of the runs that fitted which were predicted to; null when there are none. */
  readonly rightOfFitted: number | null;
  /** Share of the runs out of memory which were predicted to be; null when there are none. */
  readonly rightOfOutOfMemory: number | null;
  /** Mean of the two shares: 0.5 for guessing, whatever the mixture. Null unless both kinds are there. */
  readonly balancedAccuracy: number | null;
}

const share = (right: number, of: number): number | null => (of === 0 ? null : right / of);

export function feasibilityOf(cases: readonly FeasibilityCase[]): Feasibility {
  const fitted = cases.filter((one) => one.fitted);
  const failed = cases.filter((one) => !one.fitted);
  const rightOfFitted = share(fitted.filter((one) => one.predictedFits).length, fitted.length);
  const rightOfOutOfMemory = share(failed.filter((one) => !one.predictedFits).length, failed.length);
  return {
    fitted: fitted.length,
    outOfMemory: failed.length,
    rightOfFitted,
    rightOfOutOfMemory,
    balancedAccuracy:
      rightOfFitted === null || rightOfOutOfMemory === null ? null : (rightOfFitted + rightOfOutOfMemory) / 2,
  };
}
