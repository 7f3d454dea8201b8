import { efficiencyForTime, eightNd, hardwareFlops, mfu, timeToTrain, tokensPerSecondAt } from '#estimator';
import type { Scenario } from '#scenario';
import { published } from '../published.ts';
import { a100Peak, korthikantiMfu } from './efficiency.ts';
import { sixNdOf } from './quotient.ts';
import { days, exactPerToken, exactTotal, plain, ratio, shapeOf, DAY, type Fact } from './shared.ts';

const { nemoBatch, nemoSteps, nemoTable, nemoTableJuly, nemoTime, narayananRate } = published;
export const MONTH = 30 * DAY;
const THOUSAND = 1_000;

/** Tokens of NVIDIA's configuration file. */
export const nemoTokens = (s: Scenario): number => nemoSteps.value * nemoBatch.value * shapeOf(s).sequence;

const implied = (s: Scenario, flops: number, goodput = 1): number =>
  efficiencyForTime({ flops, time: nemoTime.value, peak: s.execution.peak, gpus: s.cluster.gpus, goodput });

const mfuAt = (s: Scenario, tokensPerSecond: number): number =>
  mfu({
    modelFlopsPerToken: exactPerToken(s).total,
    tokensPerSecond,
    peak: s.execution.peak,
    gpus: s.cluster.gpus,
  });

/** Time at the measured speed per GPU, as if the rest of the cluster were as fast. */
export const korthikantiTime = (s: Scenario, tokens: number): number =>
  tokens /
  tokensPerSecondAt(korthikantiMfu(s), {
    peak: a100Peak(),
    gpus: s.cluster.gpus,
    flopsPerToken: exactPerToken(s).total,
  });

/** At Narayanan's rate, which counts recomputation, for a count that does too. */
const narayananTime = (s: Scenario, flops: number): number =>
  timeToTrain({ flops, peak: narayananRate.value, gpus: s.cluster.gpus, efficiency: 1 });

export const readingTimes = {
  july2022: (s: Scenario) => s.data.tokens / nemoTableJuly.value,
  nemoTable: (s: Scenario) => s.data.tokens / nemoTable.value,
  narayanan: (s: Scenario) => narayananTime(s, eightNd(s.model.parameters, s.data.tokens)),
} as const;

export const readingFacts = {
  impliedSixNd: (s) => ratio(implied(s, sixNdOf(s))),
  impliedExact: (s) => ratio(implied(s, exactTotal(s))),
  impliedExactGoodput: (s) => ratio(implied(s, exactTotal(s), s.execution.goodput)),
  twentyFourDays: () => days(nemoTime.value),
  nemoTokens: (s) => plain(nemoTokens(s), 'token', 4),
  nemoMoreTokens: (s) => ratio(nemoTokens(s) / s.data.tokens - 1),
  nemoMfu: (s) => ratio(implied(s, exactPerToken(s).total * nemoTokens(s))),
  nemoTableMfu: (s) => ratio(mfuAt(s, nemoTable.value)),
  nemoTableDays: (s) => days(readingTimes.nemoTable(s)),
  nemoTableConfigDays: (s) => days(nemoTokens(s) / nemoTable.value),
  nemoNeededTokens: (s) => plain(s.data.tokens / nemoTime.value, 'token/s', 6),
  july2022Mfu: (s) => ratio(mfuAt(s, nemoTableJuly.value)),
  july2022Days: (s) => days(readingTimes.july2022(s)),
  korthikantiNemoDays: (s) => days(korthikantiTime(s, nemoTokens(s))),
  narayananDays: (s) => days(readingTimes.narayanan(s)),
  narayananFullDays: (s) =>
    days(narayananTime(s, hardwareFlops(shapeOf(s), { tokens: s.data.tokens, recompute: 'full' }).total)),
  narayananNemoDays: (s) => days(narayananTime(s, eightNd(s.model.parameters, nemoTokens(s)))),
  monthEfficiency: (s) =>
    ratio(efficiencyForTime({ flops: sixNdOf(s), time: MONTH, peak: s.execution.peak, gpus: THOUSAND })),
  monthDays: () => days(MONTH),
  nemoScaling: () => ratio(published.nemoSpeedUp.value / 16),
} satisfies Record<string, Fact>;
