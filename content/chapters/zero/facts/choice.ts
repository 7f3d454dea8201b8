import { countParameters, CROWDED, GIB, stateRecipe, STEP } from '#estimator';
import { runs } from '#catalog/runs.ts';
import type { Patch, Scenario } from '#scenario';
import { median as medianOf } from '#validation/statistics.ts';
import { report } from '../../../../src/components/validation/report.ts';
import {
  bytes,
  count,
  gib,
  memory,
  ownParameters,
  plain,
  ratio,
  seconds,
  SHARDED,
  stepOf,
  timed,
  times,
  type Fact,
} from './shared.ts';

/** A row of Narayanan 2021, Table 2: seconds of a step and FLOP/s of a GPU. */
export function row(how: 'zero3' | 'ptdp', gpus: number) {
  const id = `megatron-sc21-t2-${how}-174-6b-${gpus}gpu`;
  const found = runs.find((run) => run.id === id);
  const { stepTimeS, tflopsPerGpu } = found?.measured ?? {};
  if (!stepTimeS || !tflopsPerGpu) throw new Error(`The catalogue has no run "${id}".`);
  return { seconds: stepTimeS, teraflops: tflopsPerGpu };
}

const { weights: ELEMENT, master, moments } = stateRecipe('mixed-16');
/** What an update works on: master weights and moments. */
const UPDATED = master + moments;
const weights = (s: Scenario): number => ELEMENT * countParameters(stepOf(s).model).total;
const nic = (s: Scenario): number => stepOf(s).cluster.networkBandwidth;

/** Llama 3 70B on two servers, everything sharded over its sixteen GPUs. */
export const LLAMA = {
  model: 'llama3-70b',
  gpu: 'h100-sxm5-80gb',
  gpus: 16,
  globalBatch: 128,
  precision: 'bf16',
  memoryAttention: 'fused',
} as const satisfies Patch;
const llama = { ...LLAMA, ...SHARDED };
const offloaded = (s: Scenario): number => ownParameters(stepOf(s, llama)) / LLAMA.gpus;

const { memory: errors, feasibility } = report.summary;
const median = (source: string): number => errors.bySource[source]?.median ?? Number.NaN;
const runsOf = (source: string): number => errors.bySource[source]?.count ?? Number.NaN;

/** How many times as long as predicted nanotron's runs took that filled so much of their card. */
const slowness = (from: number, to: number): readonly number[] =>
  report.runs.flatMap(({ labels, scenario, headline, memory: held }) => {
    if (labels.source !== 'nanotron' || headline?.quantity !== 'stepTimeS' || !held) return [];
    const share = (held.measured * GIB) / scenario.cluster.gpu.memory;
    return share > from && share <= to ? [headline.measured / headline.predicted] : [];
  });
export const crowded = slowness(CROWDED, Infinity);
const roomy = slowness(0.5, CROWDED);

export const choiceFacts = {
  measuredShare: () => ratio(row('zero3', 1536).teraflops / row('ptdp', 1536).teraflops),
  zeroStep768: () => seconds(row('zero3', 768).seconds),
  zeroStep1536: () => seconds(row('zero3', 1536).seconds),
  splitStep1536: () => seconds(row('ptdp', 1536).seconds),
  impliedRate: (s) => plain((3 * weights(s)) / row('zero3', 1536).seconds, 'B/s'),
  nic: (s) => plain(nic(s), 'B/s'),
  gatherWhole: (s) => bytes(3 * weights(s)),
  gatherNode: (s) => seconds((3 * weights(s)) / (stepOf(s).cluster.gpusPerNode * nic(s))),
  shardedStep: (s) => seconds(timed(s, SHARDED).seconds),
  shardedWait: (s) => seconds(timed(s, SHARDED).breakdown.dataParallel),
  shardedAgain: (s) => seconds(timed(s, SHARDED).breakdown.recompute),
  splitAgain: (s) => seconds(timed(s).breakdown.recompute),
  shardedMfu: (s) => ratio(timed(s, SHARDED).mfu, 3),
  shardedHfu: (s) => ratio(timed(s, SHARDED).hfu, 3),
  shardedUncut: (s) => gib(memory(s, { ...SHARDED, recompute: 'none' }).parts.activations),
  globalBatch: (s) => count(stepOf(s).globalBatch),

  offloadFrees: (s) => gib(UPDATED * offloaded(s)),
  offloadSends: (s) => bytes(ELEMENT * offloaded(s)),
  offloadWire: (s) => seconds((ELEMENT * offloaded(s)) / stepOf(s, llama).cluster.pcieBandwidth),
  offloadHost: (s) => bytes(STEP.adamBytes * offloaded(s) * stepOf(s, llama).cluster.gpusPerNode),
  adamBytes: () => count(STEP.adamBytes),
  offloadHere: (s) => gib(memory(s).parts.optimizer, 2),

  runsMeasured: () => count(errors.overall?.count ?? Number.NaN),
  medianError: () => ratio(errors.overall?.median ?? Number.NaN),
  tenthError: () => ratio(errors.overall?.p90 ?? Number.NaN),
  zeroBubbleRuns: () => count(runsOf('zero-bubble')),
  mlperfRuns: () => count(runsOf('mlperf')),
  bigscienceRuns: () => count(runsOf('bigscience')),
  torchtitanRuns: () => count(runsOf('torchtitan')),
  nanotronRuns: () => count(runsOf('nanotron')),
  zeroBubbleError: () => ratio(median('zero-bubble')),
  mlperfError: () => ratio(median('mlperf')),
  bigscienceError: () => ratio(median('bigscience')),
  torchtitanError: () => ratio(median('torchtitan')),
  nanotronError: () => ratio(median('nanotron')),
  fitsTold: () => ratio(feasibility.rightOfFitted ?? Number.NaN),
  fullTold: () => ratio(feasibility.rightOfOutOfMemory ?? Number.NaN),
  crowdedRuns: () => count(crowded.length),
  crowdedTime: () => times(medianOf(crowded) ?? Number.NaN),
  roomyTime: () => times(medianOf(roomy) ?? Number.NaN),
} satisfies Record<string, Fact>;
