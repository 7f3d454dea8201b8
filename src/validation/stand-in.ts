/**
 * TEMPORARY: stands in for `trainingStep` and `memoryPerGpu` of the estimator until they are merged. One MFU for all,
 * and model state only. Delete this file and import both from '#estimator' in estimate.ts.
 */
import { countParameters, hardwareFlops, ok, type Outcome, type TrainingScenario } from '#estimator';
import { formatOf } from './execution-of-run.ts';

const SHARE_OF_PEAK = 0.45;

export function trainingStep(scenario: TrainingScenario): Outcome<{ readonly seconds: number }> {
  const { model, cluster, precision, globalBatch, recompute } = scenario;
  const tokens = globalBatch * model.sequence;
  const flops = hardwareFlops(model, { recompute, tokens }).total;
  return ok({
    seconds: flops / ((cluster.gpu.peak[formatOf(precision)] ?? 1) * SHARE_OF_PEAK * cluster.gpus),
  });
}

export function memoryPerGpu({ model, cluster, parallelism }: TrainingScenario) {
  const split = parallelism.tensorParallel * parallelism.pipelineParallel;
  const total = (18 * countParameters(model).total) / split / (parallelism.zeroStage === 3 ? 8 : 1);
  return { total, fits: total <= cluster.gpu.memory };
}
