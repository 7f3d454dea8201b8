/**
 * Combines independent doubts, each a factor either way (1.1 is "a tenth up or down"), into one.
 * The squares of the logarithms add: equation `combine` of this chapter.
 * @returns a factor, 1 or more
 */
export const combineFactors = (factors: readonly number[]): number =>
  Math.exp(Math.hypot(...factors.map((factor) => Math.log(factor))));

/** All doubts at their worst at the same time: the product. */
export const worstFactor = (factors: readonly number[]): number =>
  factors.reduce((product, factor) => product * Math.max(factor, 1 / factor), 1);

/**
 * How wrong one constant is for many measured rates: predict each by their mean.
 * @returns the mean rate, and mean and largest absolute error as shares of the measured value
 */
export function constantRateError(rates: readonly number[]): {
  mean: number;
  average: number;
  worst: number;
} {
  const mean = rates.reduce((sum, rate) => sum + rate, 0) / rates.length;
  const errors = rates.map((rate) => Math.abs(mean / rate - 1));
  return {
    mean,
    average: errors.reduce((sum, error) => sum + error, 0) / errors.length,
    worst: Math.max(...errors),
  };
}
