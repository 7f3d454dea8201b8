import type { PipelineSchedule, ZeroStage } from '../training/types.ts';
import type { Recompute } from '../types.ts';
import type { Seconds } from '../units.ts';
import { STEP } from './constants.ts';
import type { StepCosts } from './costs.ts';
import { dataParallelSeconds, optimizerSeconds, type Replicas } from './data-parallel.ts';
import { addTo, emptyPass, passTotal, type PassSeconds } from './pass.ts';
import { bubbleSeconds, pipelineSendSeconds } from './pipeline.ts';

/** How layers are laid out and micro-batches run: what a planner varies while the costs of a layer stay. */
export interface StepPlan {
  /** Layers on each pipeline stage. */
  readonly layers: readonly number[];
  readonly chunks: number;
  readonly microBatches: number;
  readonly zeroStage: ZeroStage;
  readonly recompute: Recompute;
  /** Layers of a stage that full recomputation covers. */
  readonly recomputeLayers: number;
  readonly schedule: PipelineSchedule;
}

/** Where a step's time goes, seconds, on the slowest stage; the parts sum to the step. */
export interface StepBreakdown extends PassSeconds {
  /** Running layers a second time for the backward pass. */
  readonly recompute: Seconds;
  /** Sending activations between stages. */
  readonly pipelineParallel: Seconds;
  /** Filling and draining the pipeline, and waiting for its slowest stage. */
  readonly bubble: Seconds;
  /** Gradient sums and weight gathers between replicas. */
  readonly dataParallel: Seconds;
  readonly optimizer: Seconds;
  /** Host work between steps. */
  readonly host: Seconds;
}

/** Seconds of one micro-batch in the layers and ends of a stage. */
interface StageSeconds {
  readonly index: number;
  readonly seconds: Seconds;
}

/** The slowest stage, and all stages together. */
function stagesOf(
  costs: StepCosts,
  layers: readonly number[],
  layer: Seconds,
): { worst: StageSeconds; all: Seconds } {
  const embedding = passTotal(costs.embedding);
  const head = passTotal(costs.head);
  const last = layers.length - 1;
  let index = 0;
  let slowest = 0;
  let all = 0;
  for (let stage = 0; stage <= last; stage++) {
    const seconds = layers[stage]! * layer + (stage === 0 ? embedding : 0) + (stage === last ? head : 0);
    all += seconds;
    if (seconds > slowest) {
      slowest = seconds;
      index = stage;
    }
  }
  return { worst: { index, seconds: slowest }, all };
}

/** What one layer runs again, over the mean of the stage's layers. */
function recomputeSeconds(costs: StepCosts, plan: StepPlan, layers: number): Seconds {
  if (plan.recompute === 'none') return 0;
  if (plan.recompute === 'selective') return passTotal(costs.selective);
  return passTotal(costs.forward) * Math.min(1, plan.recomputeLayers / layers);
}

/** The slowest stage's share of the step by part. */
function stageBreakdown(costs: StepCosts, plan: StepPlan, stage: number, recompute: Seconds) {
  const layers = plan.layers[stage]!;
  const pass = addTo(addTo(emptyPass(), costs.forward, layers), costs.backward, layers);
  if (stage === 0) addTo(pass, costs.embedding);
  if (stage === plan.layers.length - 1) addTo(pass, costs.head);
  return {
    ...addTo(emptyPass(), pass, plan.microBatches),
    recompute: plan.microBatches * layers * recompute,
  };
}

/**
 * Puts a step together: m micro-batches through the slowest stage, the bubble, what is waited for between stages and
 * replicas, the optimizer and the host.
 * @returns seconds by part
 */
export function composeStep(costs: StepCosts, plan: StepPlan): StepBreakdown {
  const { layers, chunks, microBatches, schedule } = plan;
  const stages = layers.length;
  const most = Math.max(...layers);
  const forward = passTotal(costs.forward);
  const backward = passTotal(costs.backward);
  const recompute = recomputeSeconds(costs, plan, most);
  const { worst, all } = stagesOf(costs, layers, forward + backward + recompute);
  const replicas: Replicas = {
    zeroStage: plan.zeroStage,
    stages,
    chunks,
    microBatches,
    layers: most,
    forward: most * forward,
    backward: most * (backward + recompute),
  };
  return {
    ...stageBreakdown(costs, plan, worst.index, recompute),
    pipelineParallel: pipelineSendSeconds(costs, stages, chunks, microBatches),
    bubble: bubbleSeconds(
      schedule,
      all - worst.seconds,
      stages,
      chunks,
      replicas.forward,
      replicas.backward,
      most * costs.weightGradient,
    ),
    dataParallel: dataParallelSeconds(costs, replicas),
    optimizer: optimizerSeconds(costs, replicas),
    host: STEP.hostSeconds,
  };
}

/** Seconds of the whole step. */
export const breakdownTotal = (parts: StepBreakdown): Seconds =>
  passTotal(parts) +
  parts.recompute +
  parts.pipelineParallel +
  parts.bubble +
  parts.dataParallel +
  parts.optimizer +
  parts.host;
