import { efficiencyForTime, flopsForTime, gpusForTime, modelFlops, sixNd, tokensForFlops } from '#estimator';
import type { Scenario } from '#scenario';
import { assumed, published } from '../published.ts';
import { korthikantiMfu } from './efficiency.ts';
import { calendarTime, exactTime, sixNdTime } from './quotient.ts';
import { MONTH } from './readings.ts';
import {
  days,
  delivery,
  exactPerToken,
  exactTotal,
  gpuHours,
  hours,
  plain,
  ratio,
  shapeOf,
  DAY,
  type Fact,
} from './shared.ts';

const GPUS_PER_NODE = 8;
const { checkpointPause, restart, goodputLow, efficiencyHigh, efficiencyLow } = assumed;

/** GPU-seconds of running between two unexpected stops, as in Meta's window. */
const gpuTimeToFailure =
  (published.llamaWindow.value * published.llamaGpus.value) / published.llamaFailures.value;

const interval = (gpus: number): number => Math.sqrt((2 * checkpointPause * gpuTimeToFailure) / gpus);

/** What checkpoints, lost work and restarts leave, to first order (Young 1974, Daly 2006). */
function youngGoodput(gpus: number): number {
  const mtbf = gpuTimeToFailure / gpus;
  const tau = interval(gpus);
  return 1 - checkpointPause / tau - (tau / 2 + restart) / mtbf;
}

const deadlineGpus = (s: Scenario): number =>
  gpusForTime({
    flops: exactTotal(s),
    time: 14 * DAY,
    peak: s.execution.peak,
    efficiency: s.execution.efficiency,
    goodput: s.execution.goodput,
  });
const deadlineNodes = (s: Scenario): number => Math.ceil(deadlineGpus(s) / GPUS_PER_NODE);

/** FLOPs of 24 days at the MFU that Korthikanti measured. */
const budget = (s: Scenario): number =>
  flopsForTime({ time: published.nemoTime.value, ...delivery(s), efficiency: korthikantiMfu(s) });

/** N for which 6ND at twenty tokens a parameter spends the budget. */
const chinchilla = (s: Scenario): number => Math.sqrt(budget(s) / sixNd(1, published.chinchilla.value));

/** 6ND, the full count and the causal one, seconds at the page's efficiency. */
function counts(s: Scenario): number[] {
  const causal = modelFlops(shapeOf(s), { causal: true }).total / exactPerToken(s).total;
  return [sixNdTime(s), exactTime(s), exactTime(s) * causal];
}

/** The calendar at another efficiency and goodput, by the full count, seconds. */
export const calendarAt = (s: Scenario, efficiency: number, goodput: number): number =>
  (calendarTime(s) * s.execution.efficiency * s.execution.goodput) / (efficiency * goodput);

export const planningFacts = {
  gpuHoursPerFailure: () => gpuHours(gpuTimeToFailure),
  clusterMtbf: (s) => hours(gpuTimeToFailure / s.cluster.gpus),
  failuresInRun: (s) => plain((published.nemoTime.value * s.cluster.gpus) / gpuTimeToFailure, 'count'),
  checkpointPause: () => plain(checkpointPause, 's'),
  restart: () => plain(restart, 's'),
  checkpointInterval: (s) => ({ value: interval(s.cluster.gpus), unit: 's', as: 'minutes', digits: 2 }),
  youngGoodput: (s) => ratio(youngGoodput(s.cluster.gpus)),
  youngGoodputLarge: () => ratio(youngGoodput(published.llamaGpus.value)),

  deadlineGpus: (s) => plain(Math.ceil(deadlineGpus(s)), 'GPU'),
  deadlineNodes: (s) => plain(deadlineNodes(s), 'count'),
  deadlineNodeGpus: (s) => plain(deadlineNodes(s) * GPUS_PER_NODE, 'GPU'),
  thirtyDayEfficiency: (s) =>
    ratio(
      efficiencyForTime({ ...delivery(s), flops: exactTotal(s), time: MONTH, goodput: s.execution.goodput }),
    ),
  tokensIn24Days: (s) => plain(tokensForFlops(budget(s), exactPerToken(s).total), 'token', 4),
  chinchillaParameters: (s) => plain(chinchilla(s), 'size'),
  chinchillaTokens: (s) => plain(chinchilla(s) * published.chinchilla.value, 'token'),
  gpt3TokensPerParameter: (s) => ({
    value: s.data.tokens / s.model.parameters,
    unit: 'size',
    as: 'number',
    digits: 2,
  }),
  dpOverhead: () => ratio(published.korthikanti530ManyStep.value / published.korthikanti530Step.value - 1),

  countSpread: (s) => ratio(Math.max(...counts(s)) / Math.min(...counts(s)) - 1),
  goodputLow: () => ratio(goodputLow),
  efficiencyLow: () => ratio(efficiencyLow),
  efficiencyHigh: () => ratio(efficiencyHigh),
  rangeLow: (s) => days(calendarAt(s, efficiencyHigh, s.execution.goodput)),
  rangeHigh: (s) => days(calendarAt(s, efficiencyLow, goodputLow)),
} satisfies Record<string, Fact>;
