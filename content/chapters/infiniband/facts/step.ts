import { NETWORK } from '#estimator';
import type { Patch, Scenario } from '#scenario';
import { halfLost, wasteCurve } from '../../../../src/widgets/network-waste/waste.ts';
import { published } from '../published.ts';
import {
  bytes,
  count,
  ideal,
  plain,
  rate,
  ratio,
  seconds,
  stepOf,
  times,
  waste,
  type Fact,
} from './shared.ts';
import { traffic } from './traffic.ts';

/** One GPU's share of a 10 Gb/s port. */
export const TEN_GIGABIT = 1.25e9;
const ONE_GIGABIT = 0.125e9;
const slow: Patch = { linkRate: TEN_GIGABIT };
/** NVIDIA's run of 24 days: its card, its format and its split. */
const nemo: Patch = {
  gpu: 'a100-sxm4-80gb',
  precision: 'bf16',
  stepTensor: '8',
  stepPipeline: '16',
  stepChunks: '6',
};
const core: Patch = { stepRules: 'megatron-core' };

function half(s: Scenario, patch: Patch = {}): number {
  const curve = wasteCurve(stepOf(s, patch));
  return (curve.ok && halfLost(curve.value.points)) || Number.NaN;
}

/** Bandwidth below which plain stages are faster than interleaved ones, bytes/s. */
export function interleavingPays(s: Scenario): number {
  let [low, high] = [1e9, 200e9];
  for (let i = 0; i < 60; i++) {
    const linkRate = Math.sqrt(low * high);
    const pays = waste(s, { linkRate }).seconds < waste(s, { linkRate, stepChunks: '1' }).seconds;
    [low, high] = pays ? [low, linkRate] : [linkRate, high];
  }
  return high;
}

const lost = (s: Scenario, patch: Patch = {}): number => waste(s, patch).waited;

export const stepFacts = {
  slowLost: (s) => ratio(lost(s, slow)),
  slowMfu: (s) => ratio(waste(s, slow).work),
  slowWait: (s) => times((lost(s, slow) * waste(s, slow).seconds) / (lost(s) * waste(s).seconds)),
  slowStep: (s) => times(waste(s, slow).seconds / waste(s).seconds),
  tenThousandNodes: (s) => count(10_000 / stepOf(s).cluster.gpusPerNode),
  oneGigabitLost: (s) => ratio(lost(s, { linkRate: ONE_GIGABIT })),
  hdrLost: (s) => ratio(lost(s)),
  hdrMfu: (s) => ratio(waste(s).work),
  hdrStep: (s) => seconds(waste(s).seconds),
  nemoStep: () => seconds(published.nemoStep.value),
  nemoPredicted: (s) => seconds(waste(s, nemo).seconds),
  idealMfu: (s) => ratio(ideal(s).mfu),
  idealStep: (s) => seconds(ideal(s).seconds),
  edrLost: (s) => ratio(lost(s, { linkRate: 12.5e9 })),
  ndrLost: (s) => ratio(lost(s, { linkRate: 50e9 })),
  halfLost: (s) => ({ ...rate(half(s)), digits: 2 }),
  hdrGpus: (s) => count(Math.round(lost(s) * s.cluster.gpus)),
  slowGpus: (s) => count(Math.round(lost(s, slow) * s.cluster.gpus)),
  gpus: (s) => plain(s.cluster.gpus, 'GPU'),

  coreLost: (s) => ratio(lost(s, core)),
  coreSlowLost: (s) => ratio(lost(s, { ...core, ...slow })),
  coreHalf: (s) => ({ ...rate(half(s, core)), digits: 2 }),
  plainBubble: (s) => seconds(ideal(s, { stepChunks: '1' }).breakdown.bubble),
  chunkBubble: (s) => seconds(ideal(s).breakdown.bubble),
  plainSends: (s) => bytes(traffic(s, { stepChunks: '1' }).sends),
  interleavingPays: (s) => ({ ...rate(interleavingPays(s)), digits: 2 }),
  plainHdr: (s) => seconds(waste(s, { stepChunks: '1' }).seconds),
  plainEdr: (s) => seconds(waste(s, { stepChunks: '1', linkRate: 12.5e9 }).seconds),
  chunkEdr: (s) => seconds(waste(s, { linkRate: 12.5e9 }).seconds),
  wideSlow: (s) => ratio(waste(s, { stepTensor: '16', ...slow }).layers),
  wideSlowAll: (s) => ratio(lost(s, { stepTensor: '16', ...slow })),

  networkShare: () => ratio(NETWORK.NETWORK_SHARE),
  wireSeconds: (s) => seconds(traffic(s).network / (25e9 * NETWORK.NETWORK_SHARE)),
  waitSeconds: (s) => seconds(waste(s).waited * waste(s).seconds),
} satisfies Record<string, Fact>;
