import { groupSeconds } from '../network/collective.ts';
import { placeGroup, type Placement } from '../network/placement.ts';
import type { ZeroStage } from '../training/types.ts';
import type { Bytes, Seconds } from '../units.ts';
import { STEP } from './constants.ts';
import { endParameters, type StepCosts } from './costs.ts';
import { exposed } from './overlap.ts';
import type { FrameworkRules } from './rules.ts';

/**
 * Parameters in a bucket of Megatron Core, at least and for each replica: a ring's latency grows with its ranks, and so
 * must what each collective carries.
 * @source Megatron Core, distributed_data_parallel.py, `bucket_size`
 */
export const LEAST_BUCKET = 40e6;
export const BUCKET_PER_RANK = 1e6;

/** One data-parallel group's part of a stage: how many parameters its ranks hold, and where they stand. */
interface Share {
  readonly parameters: number;
  /** Of them in one layer, and in the tables at the ends. */
  readonly perLayer: number;
  readonly ends: number;
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
  /** Gradients of the stage to their sums, and weights back or, with ZeRO-3, gathered for one pass. */
  readonly gradients: Seconds;
  readonly weights: Seconds;
  /** What crosses the wires for one micro-batch in ZeRO-3. */
  readonly volume: Bytes;
  readonly optimizer: Seconds;
}

function shares(costs: StepCosts, { stages, layers }: Shards): readonly Share[] {
  const { scope, layerParameters, expertParameters } = costs;
  const { machine, tensorParallel, expertParallel, expertTensorParallel } = scope;
  const ends = endParameters(costs, stages);
  const { cluster } = machine;
  const stage = cluster.gpus / stages;
  const experts = expertParallel * expertTensorParallel;
  return [
    {
      parameters: layers * layerParameters + ends,
      perLayer: layerParameters,
      ends,
      group: placeGroup(stage / tensorParallel, tensorParallel, cluster),
    },
    {
      parameters: layers * expertParameters,
      perLayer: expertParameters,
      ends: 0,
      group: placeGroup(stage / experts, experts, cluster),
    },
  ];
}

/** Into how many collectives the gradients or weights of `parameters` parameters are cut among `ranks` replicas. */
function messagesOf(
  rules: FrameworkRules,
  { zeroStage, layers }: Shards,
  parameters: number,
  width: Bytes,
  ranks: number,
): number {
  if (rules.grownBuckets)
    return Math.max(1, Math.ceil(parameters / Math.max(LEAST_BUCKET, BUCKET_PER_RANK * ranks)));
  const cut =
    zeroStage === 0 && rules.plainBucket !== null
      ? Math.ceil((parameters * width) / rules.plainBucket)
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

/** The traffic of a step's end, or of a micro-batch's pass where ZeRO-3 shards weights. */
export function replicaTraffic(costs: StepCosts, shards: Shards): ReplicaTraffic {
  const { rules, machine } = costs.scope;
  const { zeroStage } = shards;
  const scatters = scattersGradients(rules, zeroStage);
  let gradients = 0;
  let weights = 0;
  let volume = 0;
  let own = 0;
  for (const { parameters, perLayer, ends, group } of shares(costs, shards)) {
    const { ranks } = group;
    const collective = (op: 'reduce-scatter' | 'all-reduce' | 'all-gather', width: Bytes): Seconds => {
      const one = (bytes: Bytes): Seconds => groupSeconds(op, bytes, group, machine.wires);
      // Each layer by itself, and the tables at the ends together.
      if (zeroStage === 3) return shards.layers * one(perLayer * width) + one(ends * width);
      const messages = messagesOf(rules, shards, parameters, width, ranks);
      return messages * one((parameters * width) / messages);
    };
    gradients += collective(scatters ? 'reduce-scatter' : 'all-reduce', rules.gradientBytes);
    if (zeroStage >= 1) weights += collective('all-gather', machine.element);
    if (ranks > 1) volume += 3 * parameters * machine.element;
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
  const { stages, microBatches, forward, backward } = replicas;
  const { gradients, weights, volume } = traffic;
  const { rules, machine } = costs.scope;
  if (rules.gatherWaits) return (microBatches * volume) / machine.wires.network.bandwidth;
  if (stages > 1) return weights + gradients;
  return microBatches * (exposed(weights, forward) + exposed(weights + gradients, backward));
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
