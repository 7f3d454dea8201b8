/**
 * A published run as a question to the estimator. What the source does not say is filled by the rules of this folder
 * and every filled field is named; a run that cannot be modelled gives the reason. Never throws.
 */
import {
  interleavingContradictions,
  microBatchesOf,
  type Parallelism,
  type TrainingScenario,
} from '#estimator';
import type { RunCatalog } from '#catalog/run-point.ts';
import type { Run } from '#catalog/run-file.ts';
import { clusterOfRun } from './cluster-of-run.ts';
import {
  fusedAttentionOfRun,
  gradientFormatOfRun,
  kernelsOfRun,
  precisionOfRun,
  recomputeOfRun,
  scheduleOfRun,
} from './execution-of-run.ts';
import { Filled } from './filled.ts';
import { frameworkOfRun } from './framework-of-run.ts';
import { readMeasuredRun, type MeasuredRun } from './measured-run.ts';
import { modelOfRun } from './model-of-run.ts';
import { batchOfRun, parallelismOfRun } from './split-of-run.ts';

export type ScenarioOfRun =
  | { readonly ok: true; readonly scenario: TrainingScenario; readonly filled: readonly string[] }
  | { readonly ok: false; readonly reason: string };

const no = (reason: string): ScenarioOfRun => ({ ok: false, reason });

/** The chunks of a stage: as found, unless there are too few micro-batches to interleave. */
function chunksOf(
  run: Pick<TrainingScenario, 'cluster' | 'framework' | 'microBatch' | 'globalBatch'>,
  parallelism: Parallelism,
  filled: Filled,
): number {
  const microBatches = microBatchesOf({ ...run, parallelism });
  if (interleavingContradictions(run.framework, parallelism, microBatches).length === 0)
    return parallelism.virtualPipeline;
  filled.note('vpp', `1, as ${microBatches} micro-batches do not go round the stages`);
  return 1;
}

/** The scenario of a run that was read with {@link readMeasuredRun}. */
export function scenarioOfMeasured(run: MeasuredRun, { gpus, models }: RunCatalog): ScenarioOfRun {
  const [fault] = run.faults;
  if (fault !== undefined) return no(fault);
  const filled = new Filled();
  const model = modelOfRun(run, models, filled);
  if (typeof model === 'string') return no(model);
  const cluster = clusterOfRun(run, gpus, filled);
  if (typeof cluster === 'string') return no(cluster);
  const precision = precisionOfRun(run, cluster.gpu, filled);
  if (!precision.ok) return no(precision.reason);
  const framework = frameworkOfRun(run, filled);
  const split = parallelismOfRun(run, model, cluster, framework, filled);
  if (typeof split === 'string') return no(split);
  const batch = batchOfRun(run, model, cluster, split, filled);
  if (typeof batch === 'string') return no(batch);
  const parallelism = {
    ...split,
    virtualPipeline: chunksOf({ cluster, framework, ...batch }, split, filled),
  };
  const { pipelineParallel, virtualPipeline } = parallelism;
  const stageLayers = Math.ceil(model.layers / pipelineParallel);
  const recomputation = recomputeOfRun(run, framework, stageLayers, filled);
  if (typeof recomputation === 'string') return no(recomputation);
  const kernels = kernelsOfRun(run, filled);
  const scenario: TrainingScenario = {
    model,
    cluster,
    parallelism,
    ...batch,
    precision: precision.value,
    ...recomputation,
    schedule: scheduleOfRun(run, pipelineParallel, virtualPipeline),
    framework,
    fusedAttention: fusedAttentionOfRun(run, framework, filled),
    ...(kernels ? { kernels } : {}),
    ...gradientFormatOfRun(run, precision.value),
  };
  return { ok: true, scenario, filled: filled.rules };
}

/** The scenario of a run of the catalogue, or of a row of a runs file in the same schema. */
export const scenarioOfRun = (run: Run, catalog: RunCatalog): ScenarioOfRun =>
  scenarioOfMeasured(readMeasuredRun(run), catalog);
