import type { TrainingScenario } from '../training/types.ts';
import type { Seconds } from '../units.ts';
import { gemmFormat } from './machine.ts';

/** Measured over predicted time of published runs of one kind: tenth and ninetieth percentile, and how many they are. */
export interface Residuals {
  readonly low: number;
  readonly high: number;
  readonly runs: number;
}

/** Kinds of runs that are told apart: fewer runs than this are no basis, and all runs together take their place. */
export const LEAST_RUNS = 20;

/**
 * By generation of GPU, width of the matrix products' format, and whether the model has experts. From tiers A and B of
 * the published runs; a test holds every entry to what `npm run validate` finds.
 */
export const RESIDUALS: Readonly<Record<string, Residuals>> = {
  all: { low: 0.894, high: 1.19, runs: 1305 },
  'Ampere wide dense': { low: 0.952, high: 1.18, runs: 619 },
  'Blackwell narrow dense': { low: 0.882, high: 1.09, runs: 88 },
  'Blackwell narrow experts': { low: 0.786, high: 1.25, runs: 75 },
  'Blackwell wide experts': { low: 0.781, high: 1.79, runs: 21 },
  'Hopper narrow dense': { low: 0.882, high: 1.13, runs: 222 },
  'Hopper narrow experts': { low: 0.884, high: 1.23, runs: 26 },
  'Hopper wide dense': { low: 0.892, high: 1.1, runs: 160 },
  'Hopper wide experts': { low: 0.836, high: 1.49, runs: 85 },
};

/** The kind of a run, as a key of the table. */
export function residualKind({ cluster, precision, model }: TrainingScenario): string {
  const { gpu } = cluster;
  const [generation] = gpu.architecture.split(' ');
  const narrow = ['fp8', 'fp4'].includes(gemmFormat(gpu, precision));
  return `${generation} ${narrow ? 'narrow' : 'wide'} ${model.moe ? 'experts' : 'dense'}`;
}

/** Where eight of ten measurements like it lie, when this is what is predicted. */
export interface Interval {
  readonly low: Seconds;
  readonly high: Seconds;
  /** Published runs it rests on, and of which kind they are. */
  readonly runs: number;
  readonly kind: string;
}

/**
 * The interval around a predicted time in which eight of ten published runs of its kind were measured. Runs are
 * published because they went well: what a first attempt takes lies higher.
 * @returns seconds
 * @source the residuals of `npm run validate`
 */
export function stepInterval(scenario: TrainingScenario, seconds: Seconds): Interval {
  const own = residualKind(scenario);
  const kind = own in RESIDUALS ? own : 'all';
  const { low, high, runs } = RESIDUALS[kind]!;
  return { low: seconds * low, high: seconds * high, runs, kind };
}
