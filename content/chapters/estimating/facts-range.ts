/** What the chapter states of ranges: error bars, the worth of each convention, planning exercises. */
import {
  GIB,
  GIGA,
  gpusForTime,
  megatronHardwareFlops,
  modelFlops,
  SECONDS_PER_DAY,
  sixNd,
  timeToTrain,
} from '#estimator';
import { gpuById, modelById } from '#catalog';
import { percentile } from '#catalog/efficiency.ts';
import { publishedRuns } from '#catalog/runs.ts';
import type { Scenario } from '#scenario';
import { combineFactors, constantRateError, worstFactor } from './error-bars.ts';
import * as published from './published.ts';
import { days, gibibytes, gigabytes, say, share, times } from './say.ts';

const gpt3 = modelById('gpt3-175b').shape;
const a100 = gpuById('a100-sxm4-80gb').peak.fp16 ?? Number.NaN;
const h100 = gpuById('h100-sxm5-80gb').peak.bf16 ?? Number.NaN;

export const constant = constantRateError(published.narayananTable1.map(({ rate }) => rate));

/** Achieved hardware FLOP/s per GPU of Korthikanti's fully recomputed runs, from their step times. */
export const laterRate = (size: '530B' | '1T'): number => {
  const { time, gpus, batch } = published.recompute.later[size];
  const shape = modelById(size === '530B' ? 'megatron-529-6b' : 'megatron-1t').shape;
  return megatronHardwareFlops(shape, 'full', batch * shape.sequence) / (time * gpus);
};
const earlierRate = published.narayananTable1.find(({ model }) => model === '529.6B')?.rate ?? Number.NaN;

/** MFU of the published H100 runs in BF16 that the chart of runs shows, ascending. */
const record = publishedRuns()
  .filter(({ family, precision }) => family === 'H100' && precision === 'bf16')
  .map(({ mfu }) => mfu)
  .sort((a, b) => a - b);
const recordAt = (place: number): number => percentile(record, place);

/** The doubts of the talk's run, as factors either way. */
const doubts = (s: Scenario) => ({
  efficiency: 1.1,
  tokens: published.nemoTokens / s.data.tokens,
  goodput: 1.03,
});
const combined = (s: Scenario): number => combineFactors(Object.values(doubts(s)));

const exactTime = (s: Scenario): number =>
  timeToTrain({
    flops: modelFlops(gpt3, { tokens: s.data.tokens }).total,
    peak: s.execution.peak,
    gpus: s.cluster.gpus,
    efficiency: s.execution.efficiency,
    goodput: s.execution.goodput,
  });

const { deepspeed } = published;
const shard = (deepspeed.bytesPerParameter * deepspeed.parameters) / deepspeed.gpus;
const gathered = deepspeed.layerBytes * deepspeed.layer;

const rent = { peak: h100, efficiency: 0.4, factor: 1.25, deadline: 10 * SECONDS_PER_DAY };
const work = (s: Scenario): number => sixNd(s.model.parameters, s.data.tokens);
const rentTime = (s: Scenario): number => timeToTrain({ ...rent, flops: work(s), gpus: s.cluster.gpus });
const rentGpus = (s: Scenario, margin: number): number =>
  Math.ceil(gpusForTime({ ...rent, flops: work(s), time: rent.deadline / margin }));

const { llama } = published;
const llamaSnapshot = (llama.gpuHours * 3600) / (llama.windowDays * SECONDS_PER_DAY * llama.windowGpus);

export const rangeFacts = {
  constantMean: share(() => constant.average),
  constantWorst: share(() => constant.worst),
  yearGain: share(() => laterRate('530B') / earlierRate - 1),
  recordCount: say('count', () => record.length),
  recordLow: share(() => recordAt(0.1)),
  recordHigh: share(() => recordAt(0.9)),
  recordFactor: say('count', () => Math.sqrt(recordAt(0.9) / recordAt(0.1)), 'number'),
  fEfficiency: say('count', (s) => doubts(s).efficiency, 'number'),
  fTokens: say('count', (s) => doubts(s).tokens, 'number'),
  fGoodput: say('count', (s) => doubts(s).goodput, 'number'),
  fCombined: say('count', combined, 'number'),
  fWorst: say('count', (s) => worstFactor(Object.values(doubts(s))), 'number'),
  fWithoutGoodput: say('count', (s) => combineFactors([doubts(s).efficiency, doubts(s).tokens]), 'number'),
  daysGoodput: days(exactTime),
  daysLow: days((s) => exactTime(s) / combined(s)),
  daysHigh: days((s) => exactTime(s) * combined(s)),
  gpus: say('count', (s) => s.cluster.gpus),
  nominal: say('size', (s) => s.model.parameters),
  tokens: say('token', (s) => s.data.tokens),
  nemoTokens: say('token', () => published.nemoTokens),
  efficiency: share((s) => s.execution.efficiency),
  goodput: share((s) => s.execution.goodput),

  askForward: times(() => 8 / 2),
  askSparse: times(() => gpuById('h200-sxm5-141gb').sparsity),
  askHfu: times(() => 8 / 6),
  askSnapshot: times(() => llamaSnapshot),
  askBytes: times(() => 20 / 16),
  askLine: times(() => published.h800Label / 2 / published.h800Achieved),
  askGib: times(() => GIB / GIGA),

  dsStates: gigabytes(() => shard),
  dsLayer: say('B', () => gathered),
  dsTotalGb: gigabytes(() => shard + gathered),
  dsTotalGib: gibibytes(() => shard + gathered),

  rentDays: days(rentTime),
  rentLow: days((s) => rentTime(s) / rent.factor),
  rentHigh: days((s) => rentTime(s) * rent.factor),
  rentGpus: say('count', (s) => rentGpus(s, rent.factor)),
  rentGpusPoint: say('count', (s) => rentGpus(s, 1)),
};

/** The dense A100 peak that the strip figure divides by. */
export const stripPeak = a100;
