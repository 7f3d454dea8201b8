import { groupSeconds } from '../network/collective.ts';
import { placeGroup, type Placement } from '../network/placement.ts';
import type { ZeroStage } from '../training/types.ts';
import type { Bytes, Seconds } from '../units.ts';
import { STEP } from './constants.ts';
import type { StepCosts } from './costs.ts';
import { exposed } from './overlap.ts';
import type { FrameworkRules } from './rules.ts';

/** One data-parallel group's part of a stage: how many parameters its ranks hold, and where they stand. */
interface Share {
  readonly parameters: number;
  /** Of them in one layer. */
  readonly perLayer: number;
  readonly group: Placement;
}

/** What the replicas of one stage have to agree on. Mutable, so that a planner can reuse one. */
export interface Replicas {
  zeroStage: ZeroStage;
  stages: number;
  chunks: number;
  microBatches: number;
  /** Layers on the stage. */
  layers: number;
  /** Forward, and backward with recomputation, of the stage's layers for one micro-batch. */
  forward: Seconds;
  backward: Seconds;
}

/** What of {@link Replicas} decides the traffic. */
export type Shards = Pick<Replicas, 'zeroStage' | 'stages' | 'layers'>;

/**
 * Seconds of the collectives between replicas, hidden or not, and of the optimizer. Depends on the costs' parameters and
 * not on their times, so a planner works it out once for many micro-batches.
 */
export interface ReplicaTraffic {
  /** Gradients to their sums and weights back, of the stage; of ZeRO-3: of one layer. */
  readonly gradients: Seconds;
  readonly weights: Seconds;
  /** What crosses the wires for one layer in ZeRO-3. */
  readonly volume: Bytes;
  readonly optimizer: Seconds;
}

function shares(
  { scope, layerParameters, expertParameters, tableParameters }: StepCosts,
  { stages, layers }: Shards,
): readonly Share[] {
  const { machine, tensorParallel, expertParallel, expertTensorParallel } = scope;
  const { cluster } = machine;
  const stage = cluster.gpus / stages;
  const experts = expertParallel * expertTensorParallel;
  return [
    {
      parameters: layers * layerParameters + tableParameters,
      perLayer: layerParameters,
      group: placeGroup(stage / tensorParallel, tensorParallel, cluster),
    },
    {
      parameters: layers * expertParameters,
      perLayer: expertParameters,
      group: placeGroup(stage / experts, experts, cluster),
    },
  ];
}

/** Into how many collectives a stage's gradients or weights are cut. */
function messagesOf(rules: FrameworkRules, { zeroStage, layers }: Shards, bytes: Bytes): number {
  if (zeroStage === 3) return 1;
  const cut =
    zeroStage === 0 && rules.plainBucket !== null
      ? Math.ceil(bytes / rules.plainBucket)
      : layers * rules.messagesPerLayer;
  return Math.max(1, cut);
}

/** Whether gradients are scattered, each rank getting the sum of its share, instead of summed for everybody. */
export const scattersGradients = (
  rules: Pick<FrameworkRules, 'scattersGradients'>,
  zeroStage: ZeroStage,
): boolean => zeroStage === 3 || (zeroStage > 0 && rules.scattersGradients);

/**
 * How often in a step gradients go to their sums and weights come back, up to ZeRO-2. Sharded gradients leave no room for
 * a sum on every rank, so without a pipeline they travel after each micro-batch.
 * @source DeepSpeed, stage_1_and_2.py; PyTorch, ShardingStrategy.SHARD_GRAD_OP
 */
export function roundsOf(
  { reshards }: Pick<FrameworkRules, 'reshards'>,
  { zeroStage, stages, microBatches }: Pick<Replicas, 'zeroStage' | 'stages' | 'microBatches'>,
): { readonly sums: number; readonly gathers: number } {
  const sums = zeroStage === 2 && stages === 1 ? microBatches : 1;
  return { sums, gathers: reshards ? sums : 1 };
}

/** The traffic of a step's end, or of one layer where ZeRO-3 shards weights. */
export function replicaTraffic(costs: StepCosts, shards: Shards): ReplicaTraffic {
  const { rules, machine } = costs.scope;
  const { zeroStage } = shards;
  const scatters = scattersGradients(rules, zeroStage);
  let gradients = 0;
  let weights = 0;
  let volume = 0;
  let own = 0;
  for (const { parameters, perLayer, group } of shares(costs, shards)) {
    const { ranks } = group;
    const moved = zeroStage === 3 ? perLayer : parameters;
    const collective = (op: 'reduce-scatter' | 'all-reduce' | 'all-gather', bytes: Bytes): Seconds => {
      const messages = messagesOf(rules, shards, bytes);
      return messages * groupSeconds(op, bytes / messages, group, machine.wires);
    };
    gradients += collective(scatters ? 'reduce-scatter' : 'all-reduce', moved * rules.gradientBytes);
    if (zeroStage >= 1) weights += collective('all-gather', moved * machine.element);
    if (ranks > 1) volume += 3 * (moved * machine.element);
    own += parameters / (zeroStage >= 1 ? ranks : 1);
  }
  return {
    gradients,
    weights,
    volume,
    optimizer: (own * STEP.adamBytes) / machine.streaming,
  };
}

/**
 * Gradients to their sums and updated weights back, once a step, as far as they are waited for. They hide under the last
 * micro-batches' backward and the first ones' forward pass: all of the stage without interleaving, and with it the
 * chunks that are done while the others of the last p micro-batches still run.
 * @source Rajbhandari 2020, section 7 (volumes); Megatron Core, distributed optimizer
 */
function gradientSeconds(costs: StepCosts, replicas: Replicas, traffic: ReplicaTraffic): Seconds {
  const { gradients, weights } = traffic;
  const { zeroStage, stages, chunks, microBatches, forward, backward } = replicas;
  const { gradientOverlap } = costs.scope.rules;
  const { sums, gathers } = roundsOf(costs.scope.rules, replicas);
  const waits = gradientOverlap === 'never' || (gradientOverlap === 'unsharded' && zeroStage > 0);
  if (waits) return sums * gradients + gathers * weights;
  const window = chunks > 1 ? (Math.min(microBatches, stages) * (chunks - 1)) / chunks : 1;
  return sums * exposed(gradients, window * backward) + gathers * exposed(weights, window * forward);
}

/**
 * ZeRO-3: every micro-batch gathers each layer's weights in both passes and scatters its gradients. Frameworks that
 * pipeline keep the gathered weights for the step.
 * @source Rajbhandari 2020, section 7.2.2 (1.5 times the volume); Zhao 2023, section 3.3
 */
function shardedSeconds(costs: StepCosts, replicas: Replicas, traffic: ReplicaTraffic): Seconds {
  const { stages, microBatches, layers, forward, backward } = replicas;
  const { gradients, weights, volume } = traffic;
  const { rules, machine } = costs.scope;
  if (rules.gatherWaits) return (microBatches * layers * volume) / machine.wires.network.bandwidth;
  if (stages > 1) return layers * (weights + gradients);
  const both = exposed(weights, forward / layers) + exposed(weights + gradients, backward / layers);
  return microBatches * layers * both;
}

/** Communication between replicas in a step, as far as it is waited for. */
export const dataParallelSeconds = (
  costs: StepCosts,
  replicas: Replicas,
  traffic: ReplicaTraffic,
): Seconds =>
  replicas.zeroStage === 3
    ? shardedSeconds(costs, replicas, traffic)
    : gradientSeconds(costs, replicas, traffic);
