import type { PipelineSchedule, ZeroStage } from '../training/types.ts';
import type { Recompute } from '../types.ts';
import type { Seconds } from '../units.ts';
import { STEP } from './constants.ts';
import type { StepCosts } from './costs.ts';
import { dataParallelSeconds, replicaTraffic, type Replicas, type ReplicaTraffic } from './data-parallel.ts';
import { emptyPass, passTotal, type PassSeconds } from './pass.ts';
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

/** A step being composed: its parts, and what its replicas see of them. A planner reuses one for all its plans. */
export interface StepDraft extends Mutable<StepBreakdown> {
  readonly replicas: Replicas;
}

type Mutable<T> = { -readonly [key in keyof T]: T[key] };

export const emptyDraft = (): StepDraft => ({
  ...emptyPass(),
  recompute: 0,
  pipelineParallel: 0,
  bubble: 0,
  dataParallel: 0,
  optimizer: 0,
  host: 0,
  replicas: { zeroStage: 0, stages: 1, chunks: 1, microBatches: 1, layers: 1, forward: 0, backward: 0 },
});

/** Both passes of a layer: beside another micro-batch's in DualPipe, or where the framework pairs them itself. */
export const passesOf = (costs: StepCosts, { schedule }: Pick<StepPlan, 'schedule'>): StepCosts['paired'] =>
  schedule === 'dualpipe' || costs.scope.rules.expertOverlap ? costs.paired : costs;

/** What one layer runs again, over the mean of the stage's layers. */
export function recomputeSeconds(costs: StepCosts, plan: StepPlan, layers: number): Seconds {
  if (plan.recompute === 'none') return 0;
  const { selective, forward } = passesOf(costs, plan);
  if (plan.recompute === 'selective') return passTotal(selective);
  return passTotal(forward) * Math.min(1, plan.recomputeLayers / layers);
}

/** The slowest stage's share of the step by part. */
function addStage(draft: StepDraft, costs: StepCosts, plan: StepPlan, stage: number, again: Seconds): void {
  const { microBatches } = plan;
  const { forward, backward } = passesOf(costs, plan);
  const { embedding, head } = costs;
  const layers = plan.layers[stage]!;
  const first = stage === 0;
  const last = stage === plan.layers.length - 1;
  const part = (ahead: Seconds, back: Seconds, start: Seconds, end: Seconds): Seconds =>
    microBatches * (layers * ahead + layers * back + (first ? start : 0) + (last ? end : 0));
  draft.gemm = part(forward.gemm, backward.gemm, embedding.gemm, head.gemm);
  draft.attention = part(forward.attention, backward.attention, embedding.attention, head.attention);
  draft.memoryBound = part(
    forward.memoryBound,
    backward.memoryBound,
    embedding.memoryBound,
    head.memoryBound,
  );
  draft.tensorParallel = part(
    forward.tensorParallel,
    backward.tensorParallel,
    embedding.tensorParallel,
    head.tensorParallel,
  );
  draft.contextParallel = part(
    forward.contextParallel,
    backward.contextParallel,
    embedding.contextParallel,
    head.contextParallel,
  );
  draft.expertParallel = part(
    forward.expertParallel,
    backward.expertParallel,
    embedding.expertParallel,
    head.expertParallel,
  );
  draft.launch = part(forward.launch, backward.launch, embedding.launch, head.launch);
  draft.recompute = microBatches * layers * again;
}

/**
 * What does not depend on how replicas share: m micro-batches through the slowest stage, the bubble, what is waited for
 * between stages, the host.
 */
export function composePipeline(draft: StepDraft, costs: StepCosts, plan: StepPlan): void {
  const { layers, chunks, microBatches } = plan;
  const stages = layers.length;
  let most = 0;
  for (let stage = 0; stage < stages; stage++) most = Math.max(most, layers[stage]!);
  const passes = passesOf(costs, plan);
  const forward = passTotal(passes.forward);
  const backward = passTotal(passes.backward);
  const recompute = recomputeSeconds(costs, plan, most);
  const embedding = passTotal(costs.embedding);
  const head = passTotal(costs.head);
  const layer = forward + backward + recompute;
  let worst = 0;
  let slowest = 0;
  let all = 0;
  for (let stage = 0; stage < stages; stage++) {
    const seconds =
      layers[stage]! * layer + (stage === 0 ? embedding : 0) + (stage === stages - 1 ? head : 0);
    all += seconds;
    if (seconds > slowest) {
      slowest = seconds;
      worst = stage;
    }
  }
  const { replicas } = draft;
  replicas.stages = stages;
  replicas.chunks = chunks;
  replicas.microBatches = microBatches;
  replicas.layers = most;
  replicas.forward = most * forward;
  replicas.backward = most * (backward + recompute);
  addStage(draft, costs, plan, worst, recompute);
  draft.pipelineParallel = pipelineSendSeconds(costs, stages, chunks, microBatches);
  draft.bubble = bubbleSeconds(
    plan.schedule,
    all - slowest,
    stages,
    chunks,
    replicas.forward,
    replicas.backward,
    most * costs.weightGradient,
  );
  draft.host = STEP.hostSeconds;
}

/** What replicas cost a pipeline that has been composed: their traffic as far as it is waited for, the optimizer. */
export function composeReplicas(
  draft: StepDraft,
  costs: StepCosts,
  zeroStage: ZeroStage,
  traffic: ReplicaTraffic,
): void {
  draft.replicas.zeroStage = zeroStage;
  draft.dataParallel = dataParallelSeconds(costs, draft.replicas, traffic);
  draft.optimizer = traffic.optimizer;
}

/**
 * Puts a step together: m micro-batches through the slowest stage, the bubble, what is waited for between stages and
 * replicas, the optimizer and the host.
 * @returns seconds by part
 */
export function composeStep(costs: StepCosts, plan: StepPlan): StepBreakdown {
  const draft = emptyDraft();
  composePipeline(draft, costs, plan);
  const { zeroStage } = plan;
  composeReplicas(draft, costs, zeroStage, replicaTraffic(costs, { ...draft.replicas, zeroStage }));
  const { replicas: _, ...breakdown } = draft;
  return breakdown;
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
