import { layersByStage } from '../training/stage-layers.ts';
import { microBatchesOf, type TrainingScenario } from '../training/types.ts';
import { composeStep, type StepBreakdown, type StepPlan } from './compose.ts';
import { stepCosts } from './costs.ts';
import { scopeOf } from './scope.ts';

/** The plan of a scenario, as the step is composed from it. */
export function planOf(scenario: TrainingScenario): StepPlan {
  const { model, parallelism, recompute, schedule, framework } = scenario;
  const { pipelineParallel, virtualPipeline } = parallelism;
  const layers = layersByStage(model, pipelineParallel, virtualPipeline, framework);
  return {
    layers,
    chunks: virtualPipeline,
    microBatches: microBatchesOf(scenario),
    zeroStage: parallelism.zeroStage,
    recompute,
    recomputeLayers: scenario.recomputeLayers ?? Infinity,
    schedule,
  };
}

/** Where one step's time goes. The scenario must be sound. */
export const stepBreakdown = (scenario: TrainingScenario): StepBreakdown =>
  composeStep(stepCosts(scopeOf(scenario)), planOf(scenario));
