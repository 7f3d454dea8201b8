import { microBatchesInFlight } from '../memory/in-flight.ts';
import type { StageLoad } from '../memory/stage-bytes.ts';
import { stageLoads } from '../memory/stage-loads.ts';
import { layersByStage } from '../training/stage-layers.ts';
import type { TrainingScenario } from '../training/types.ts';

/** Stages that hold the same, of which the one with most micro-batches in flight stands for all. */
export interface StageKind {
  readonly stage: number;
  /** Reused: the search sets `inFlight` for each plan. */
  readonly load: StageLoad;
}

/** How a number of stages and chunks lays out the layers, with what does not depend on anything else. */
export interface Layout {
  readonly pipelineParallel: number;
  readonly virtualPipeline: number;
  readonly schedule: TrainingScenario['schedule'];
  /** Layers by stage, and the most of them. */
  readonly layers: readonly number[];
  readonly most: number;
  readonly kinds: readonly StageKind[];
}

/**
 * Stages by what they hold. Only the one with most in flight can be the worst: whatever the schedule, a stage has
 * min(micro-batches, its own number) in flight, so the order of stages does not depend on micro-batches, and memory
 * never falls when more are in flight.
 */
function kindsOf(scenario: TrainingScenario): readonly StageKind[] {
  const kinds = new Map<string, StageKind>();
  stageLoads(scenario).forEach((load, stage) => {
    const key = [load.denseLayers, load.moeLayers, load.first, load.last].join();
    const known = kinds.get(key);
    if (!known || load.inFlight > known.load.inFlight) kinds.set(key, { stage, load });
  });
  return [...kinds.values()];
}

/** Micro-batches enough that no stage has all of them in flight. */
const MANY = 1e9;

/** The layout of a scenario's pipeline. */
export function layoutOf(scenario: TrainingScenario): Layout {
  const { model, parallelism, framework, schedule } = scenario;
  const { pipelineParallel, virtualPipeline } = parallelism;
  const layers = layersByStage(model, pipelineParallel, virtualPipeline, framework);
  const alone = { ...parallelism, tensorParallel: 1, contextParallel: 1 };
  const cluster = { ...scenario.cluster, gpus: pipelineParallel };
  return {
    pipelineParallel,
    virtualPipeline,
    schedule,
    layers,
    most: Math.max(...layers),
    kinds: kindsOf({ ...scenario, parallelism: alone, cluster, microBatch: 1, globalBatch: MANY }),
  };
}

/** Sets how many micro-batches each kind of stage has in flight. */
export function setInFlight(layout: Layout, microBatches: number): void {
  const { kinds, schedule, pipelineParallel, virtualPipeline } = layout;
  for (let i = 0; i < kinds.length; i++) {
    const { load, stage } = kinds[i]!;
    load.inFlight = microBatchesInFlight(schedule, stage, pipelineParallel, virtualPipeline, microBatches);
  }
}
