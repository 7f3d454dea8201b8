import {
  FRAGMENTATION,
  keptTensors,
  memoryRules,
  NCCL_GROUP,
  type KeptTensor,
  type TrainingScenario,
} from '#estimator';
import type { Patch, Scenario } from '#scenario';
import {
  bytes,
  gib,
  memory,
  plain,
  PLAIN,
  ratio,
  seconds,
  SHARDED,
  stepOf,
  timed,
  type Fact,
} from './shared.ts';

/** The layer that Korthikanti counted: Megatron of 2022, with dropout, attention in separate kernels. */
export const LAYER = { memoryRules: 'megatron-2022', stepZero: '0' } as const satisfies Patch;

/** What one layer keeps of a micro-batch on one GPU, before anything is recomputed. */
export function layerOf(s: Scenario, patch: Patch = {}): readonly KeptTensor[] {
  const step: TrainingScenario = stepOf(s, { ...LAYER, ...patch });
  const cut = { ...step, ...step.parallelism };
  return keptTensors(step.model, cut, memoryRules(step), false);
}

export const sum = (tensors: readonly KeptTensor[]): number =>
  tensors.reduce((total, tensor) => total + tensor.bytes, 0);

/** One sequence in a layer's width, a byte an element: the `sbh` of the formulas. */
export const unit = (s: Scenario): number => {
  const { model, microBatch } = stepOf(s);
  return model.sequence * microBatch * model.hidden;
};

const alone = (s: Scenario): readonly KeptTensor[] => layerOf(s, { stepTensor: '1' });
const scores = (tensors: readonly KeptTensor[]): number => sum(tensors.filter(({ selective }) => selective));

/** All that full recomputation keeps of a layer: its input, split along the sequence. */
export const inputBytes = (s: Scenario): number => (2 * unit(s)) / stepOf(s).parallelism.tensorParallel;

/** A share more of hardware FLOPs, or of time, than without recomputation. */
const moreFlops = (s: Scenario, patch: Patch): number => timed(s, patch).hfu / timed(s, patch).mfu - 1;
const moreTime = (s: Scenario, patch: Patch): number =>
  timed(s, patch).seconds / timed(s, { recompute: 'none' }).seconds - 1;
const all = (s: Scenario, patch: Patch = {}): number => memory(s, patch).parts.activations;

export const activationFacts = {
  unit: (s) => ({ ...bytes(unit(s)), as: 'binary', digits: 2 }),
  layerAlone: (s) => ({ ...bytes(sum(alone(s))), as: 'binary' }),
  modelAlone: (s) => bytes(sum(alone(s)) * stepOf(s).model.layers),
  scoresTimes: (s) => plain(scores(alone(s)) / unit(s), 'real'),
  scoresShare: (s) => ratio(scores(alone(s)) / sum(alone(s))),
  selectiveFlops: (s) => ratio(moreFlops(s, {})),
  fullTime: (s) => ratio(moreTime(s, { recompute: 'full' })),
  selectiveTime: (s) => ratio(moreTime(s, {})),
  fusedTime: (s) => seconds(timed(s, { memoryAttention: 'fused' }).seconds),
  fusedActivations: (s) => gib(all(s, { memoryAttention: 'fused', recompute: 'none' })),
  recipeActivations: (s) => gib(all(s)),
  inFlight: (s) => plain(memory(s).stages[0]!.inFlight, 'real'),
  inFlightPlain: (s) => plain(memory(s, { stepChunks: '1' }).stages[0]!.inFlight, 'real'),
  firstTotal: (s) => gib(memory(s).stages[0]!.total),
  lastTotal: (s) => gib(memory(s).stages.at(-1)!.total),
  twoTotal: (s) => gib(memory(s, { stepMicro: '2' }).total),
  fourTotal: (s) => gib(memory(s, { stepMicro: '4' }).total),
  noneTotal: (s) => gib(memory(s, { recompute: 'none' }).total),
  noneStep: (s) => seconds(timed(s, { recompute: 'none' }).seconds),
  fourWays: (s) => gib(memory(s, { stepTensor: '4' }).total),
  fourWaysStep: (s) => seconds(timed(s, { stepTensor: '4' }).seconds),
  fourWaysPlain: (s) => gib(memory(s, { ...PLAIN, stepTensor: '4' }).total),
  fourGain: (s) => ratio(1 - timed(s, { stepMicro: '4' }).seconds / timed(s).seconds),
  fragmentation: () => ratio(FRAGMENTATION),
  lost: (s) => gib(memory(s).parts.fragmentation, 2),
  group: () => ({ ...bytes(NCCL_GROUP), as: 'binary' }),
  framework: (s) => gib(memory(s).parts.framework, 2),
  shardedLayers: (s) => gib(memory(s, SHARDED).parts.communication),
} satisfies Record<string, Fact>;
