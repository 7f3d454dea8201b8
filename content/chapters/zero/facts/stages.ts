import {
  busFactor,
  bytesPerParameter,
  collectiveTime,
  placeGroup,
  replicaMessages,
  stateRecipe,
  type CollectiveOp,
  type ZeroStage,
} from '#estimator';
import type { Scenario } from '#scenario';
import {
  bytes,
  count,
  gib,
  memory,
  passesOf,
  plain,
  ratio,
  replicasOf,
  seconds,
  stepOf,
  timed,
  type Fact,
} from './shared.ts';

const recipe = stateRecipe('mixed-16');

/** The weights of the fullest stage on one GPU, as replicas send them. */
const buffer = (s: Scenario): number =>
  replicaMessages(stepOf(s)).find(({ carries, bytes: size }) => carries === 'weights' && size > 0)!.bytes;
/** What one of the replicas sends so that the buffer is scattered as a sum, or gathered: a lap around the ring. */
const own = (s: Scenario): number => busFactor('reduce-scatter', replicasOf(s)) * buffer(s);

function collective(s: Scenario, op: CollectiveOp): number {
  const { cluster, parallelism } = stepOf(s);
  const group = placeGroup(replicasOf(s), parallelism.tensorParallel, cluster);
  return collectiveTime(op, buffer(s), group, cluster).seconds;
}

const stage = (s: Scenario, zero: ZeroStage) => memory(s, { stepZero: `${zero}` }).parts;
const state = (s: Scenario, zero: ZeroStage): number => {
  const { weights, gradients, optimizer } = stage(s, zero);
  return weights + gradients + optimizer;
};
const perParameter =
  (zero: ZeroStage): Fact =>
  (s) =>
    plain(bytesPerParameter(recipe, zero, replicasOf(s)), 'real', 4);

export const stageFacts = {
  gpus: (s) => count(stepOf(s).cluster.gpus),
  replicas: (s) => count(replicasOf(s)),
  passes: (s) => count(passesOf(s)),
  unsharedBytes: () => plain(bytesPerParameter(recipe), 'real'),
  stage1Bytes: perParameter(1),
  stage2Bytes: perParameter(2),
  stage3Bytes: perParameter(3),
  stage0State: (s) => gib(state(s, 0)),
  stage1State: (s) => gib(state(s, 1)),
  stage2State: (s) => gib(state(s, 2)),
  stage3State: (s) => gib(state(s, 3)),
  stage1Saves: (s) => ratio(1 - state(s, 1) / state(s, 0)),
  stage1Optimizer: (s) => gib(stage(s, 1).optimizer),
  lap: (s) => bytes(own(s)),
  twoLaps: (s) => bytes(2 * own(s)),
  threeLaps: (s) => bytes(3 * own(s)),
  allLaps: (s) => bytes(3 * passesOf(s) * own(s)),
  lapSeconds: (s) => seconds(collective(s, 'reduce-scatter') + collective(s, 'all-gather')),
  passesSeconds: (s) =>
    seconds(passesOf(s) * (collective(s, 'reduce-scatter') + 2 * collective(s, 'all-gather'))),
  step: (s) => seconds(timed(s).seconds),
  mfu: (s) => ratio(timed(s).mfu, 3),
  stage3Total: (s) => gib(memory(s, { stepZero: '3' }).total),
  stage3Gathered: (s) => gib(stage(s, 3).communication),
} satisfies Record<string, Fact>;
