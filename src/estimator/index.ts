/** The estimator's only door: everything not listed here is private. */
export * from './types.ts';
export * from './units.ts';
export type { Issue, IssueCode, Outcome } from './issues.ts';
export { countParameters, type ParameterCount, type ParameterParts } from './parameters.ts';
export type { FlopParts } from './flops/parts.ts';
export { modelFlops, type FlopCount, type FlopOptions } from './flops/model-flops.ts';
export { eightNd, sixNd } from './flops/six-nd.ts';
export {
  deliveredRate,
  efficiencyForTime,
  flopsForTime,
  gpusForTime,
  parametersForFlops,
  timeToTrain,
  tokensForFlops,
  type Delivery,
} from './time-to-train.ts';
