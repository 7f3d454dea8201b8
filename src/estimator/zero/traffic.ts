import { busFactor, type CollectiveOp } from '../network/operation.ts';
import { elementBytes } from '../memory/family-rules.ts';
import { endParameters, gpuParameters } from '../step/costs.ts';
import { roundsOf, scattersGradients } from '../step/data-parallel.ts';
import { FRAMEWORK_RULES, rulesOf, type FrameworkRules } from '../step/rules.ts';
import { layersByStage } from '../training/stage-layers.ts';
import { microBatchesOf, type TrainingPrecision, type TrainingScenario } from '../training/types.ts';
import type { Bytes } from '../units.ts';

/** One kind of collective between the replicas of a stage, as often as a step runs it. */
export interface ReplicaMessage {
  readonly op: Extract<CollectiveOp, 'all-reduce' | 'reduce-scatter' | 'all-gather'>;
  readonly carries: 'gradients' | 'weights';
  /** The whole buffer, as collectives count it, bytes. */
  readonly bytes: Bytes;
  readonly ranks: number;
  /** Times a step. */
  readonly times: number;
}

/** Bytes of a gradient that ZeRO-3 scatters: DeepSpeed's have the width of its weights, FSDP's are FP32. */
const shardedGradientBytes = (
  { gatherWaits, gradientBytes }: Pick<FrameworkRules, 'gatherWaits' | 'gradientBytes'>,
  precision: TrainingPrecision,
): Bytes => (gatherWaits ? elementBytes(precision) : gradientBytes);

/** Bytes of a weight on the wire, and how often a parameter's worth of them crosses it in a step of ZeRO-3. */
export interface ShardedCrossings {
  readonly weight: Bytes;
  readonly times: number;
}

/**
 * How often each parameter of a model without pipeline crosses the wires in ZeRO-3: weights for either pass, gradients
 * once, counted in weights.
 * @param passes micro-batches in a step
 * @source Rajbhandari 2020, section 7.2.2
 */
export function shardedCrossings(
  { framework, precision }: Pick<TrainingScenario, 'framework' | 'precision'>,
  passes: number,
): ShardedCrossings {
  const weight = elementBytes(precision);
  const gradient = shardedGradientBytes(FRAMEWORK_RULES[framework], precision);
  return { weight, times: passes * (2 + gradient / weight) };
}

/** What one GPU sends to the replicas of its stage in one step, bytes. */
export interface ReplicaBytes {
  readonly gradients: Bytes;
  readonly weights: Bytes;
  readonly total: Bytes;
}

/**
 * The collectives between replicas in one step, of the pipeline stage with the most layers.
 *
 * ZeRO 0 sums gradients (all-reduce). ZeRO 1 and 2 scatter the sums, or sum for everybody where the family does, and
 * gather updated weights; ZeRO 2 without a pipeline after each micro-batch. ZeRO 3 gathers each layer's weights in both passes of
 * every micro-batch and scatters its gradients; in a pipeline the gathered weights are kept for the step, so that each
 * goes over the wires once.
 *
 * @param scenario a legal one
 * @source Rajbhandari 2020, section 7; the same operations and bytes as `step/data-parallel.ts` (test: the seconds agree)
 */
export function replicaMessages(scenario: TrainingScenario): readonly ReplicaMessage[] {
  const { model, cluster, parallelism, framework, precision } = scenario;
  const { tensorParallel, pipelineParallel, expertParallel, expertTensorParallel, zeroStage } = parallelism;
  const rules = rulesOf(scenario);
  const layers = Math.max(...layersByStage(model, pipelineParallel, parallelism.virtualPipeline, framework));
  const size = gpuParameters({ model, tensorParallel, expertParallel, expertTensorParallel });
  const whole = zeroStage === 3;
  const own = layers * size.layerParameters + endParameters(size, pipelineParallel);
  const stage = cluster.gpus / pipelineParallel;
  const weight = elementBytes(precision);
  const gradient = whole ? shardedGradientBytes(rules, precision) : rules.gradientBytes;
  // In a pipeline gathered weights are kept for the step; else each micro-batch gathers them in both of its passes.
  const again = whole && (pipelineParallel === 1 || rules.gatherWaits);
  const microBatches = microBatchesOf(scenario);
  const rounds = roundsOf(rules, { zeroStage, stages: pipelineParallel, microBatches });
  const sums = again ? microBatches : rounds.sums;
  const gathers = again ? 2 * microBatches : rounds.gathers;
  const op = scattersGradients(rules, zeroStage) ? 'reduce-scatter' : 'all-reduce';
  return [
    { parameters: own, ranks: stage / tensorParallel },
    { parameters: layers * size.expertParameters, ranks: stage / (expertParallel * expertTensorParallel) },
  ].flatMap(({ parameters, ranks }): ReplicaMessage[] => [
    { op, carries: 'gradients', bytes: gradient * parameters, ranks, times: sums },
    {
      op: 'all-gather',
      carries: 'weights',
      bytes: weight * parameters,
      ranks,
      times: zeroStage === 0 ? 0 : gathers,
    },
  ]);
}

/**
 * Bytes that one GPU sends to its replicas in one step: of a buffer of S bytes among d ranks an all-reduce sends
 * `2(d-1)/d S`, a reduce-scatter and an all-gather half of that each.
 * @param scenario a legal one
 * @source Rajbhandari 2020, section 7; Thakur 2005, section 4
 */
export function replicaBytes(scenario: TrainingScenario): ReplicaBytes {
  let gradients = 0;
  let weights = 0;
  for (const { op, carries, bytes, ranks, times } of replicaMessages(scenario)) {
    const sent = times * bytes * busFactor(op, ranks);
    if (carries === 'gradients') gradients += sent;
    else weights += sent;
  }
  return { gradients, weights, total: gradients + weights };
}
