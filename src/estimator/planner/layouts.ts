import { microBatchesInFlight } from '../memory/in-flight.ts';
import type { StageLoad } from '../memory/stage-bytes.ts';
import { stageLoads } from '../memory/stage-loads.ts';
import { layersByStage } from '../training/stage-layers.ts';
import type { TrainingScenario } from '../training/types.ts';

/** Stages that hold the same, of which the first stands for all. */
export interface StageKind {
  readonly stage: number;
  /** Reused: `inFlight` is set for each plan. */
  readonly load: StageLoad;
}

/** How a number of stages and chunks lays out the layers, with what does not depend on anything else. */
export interface Layout {
  readonly pipelineParallel: number;
  readonly virtualPipeline: number;
  readonly schedule: TrainingScenario['schedule'];
  /** Layers by stage, the most of them, and how many the other stages have together. */
  readonly layers: readonly number[];
  readonly most: number;
  readonly others: number;
  readonly kinds: readonly StageKind[];
}

/**
 * Stages by what they hold. Only the first of a kind can be the worst: in every schedule the number in flight never rises
 * along the pipeline, and memory never falls when more are in flight.
 */
function kindsOf(scenario: TrainingScenario): readonly StageKind[] {
  const kinds: StageKind[] = [];
  stageLoads(scenario).forEach((load, stage) => {
    if (!kinds.some(({ load: other }) => holdTheSame(load, other))) kinds.push({ stage, load });
  });
  return kinds;
}

const holdTheSame = (a: StageLoad, b: StageLoad): boolean =>
  a.denseLayers === b.denseLayers && a.moeLayers === b.moeLayers && a.first === b.first && a.last === b.last;

/** The layout of a scenario's pipeline. */
export function layoutOf(scenario: TrainingScenario): Layout {
  const { model, parallelism, framework, schedule } = scenario;
  const { pipelineParallel, virtualPipeline } = parallelism;
  const layers = layersByStage(model, pipelineParallel, virtualPipeline, framework);
  const most = layers.reduce((most, count) => Math.max(most, count), 0);
  const alone = { ...parallelism, tensorParallel: 1, contextParallel: 1 };
  const cluster = { ...scenario.cluster, gpus: pipelineParallel };
  return {
    pipelineParallel,
    virtualPipeline,
    schedule,
    layers,
    most,
    others: layers.reduce((sum, count) => sum + count, -most),
    kinds: kindsOf({ ...scenario, parallelism: alone, cluster, microBatch: 1, globalBatch: 1 }),
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
