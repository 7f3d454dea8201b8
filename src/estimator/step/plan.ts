import { layersByStage } from '../training/stage-layers.ts';
import { microBatchesOf, type TrainingScenario } from '../training/types.ts';
import type { StepPlan } from './compose.ts';

/** The plan of a scenario, as the step is composed from it. */
export function planOf(scenario: TrainingScenario): StepPlan {
  const { model, parallelism, recompute, schedule, framework } = scenario;
  const { pipelineParallel, virtualPipeline } = parallelism;
  return {
    layers: layersByStage(model, pipelineParallel, virtualPipeline, framework),
    chunks: virtualPipeline,
    microBatches: microBatchesOf(scenario),
    zeroStage: parallelism.zeroStage,
    recompute,
    recomputeLayers: scenario.recomputeLayers ?? Infinity,
    schedule,
  };
}
