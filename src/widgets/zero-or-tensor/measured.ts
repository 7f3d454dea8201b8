import { models } from '#catalog';
import { comparedRuns, type ComparedRun } from '#catalog/compared-runs.ts';
import { clusterOf, nodeById } from '#catalog/nodes.ts';
import { breakdownTotal, mfu, modelFlops, stepBreakdown, type TrainingScenario } from '#estimator';

/** A published run of one of the two ways, with the estimate of the very same step. */
export interface Measured {
  readonly run: ComparedRun;
  /** Share of peak that counted work took. */
  readonly mfu: number;
  readonly predictedSeconds: number;
  /** Predicted over measured seconds, less one. */
  readonly error: number;
}

/** The machines of the paper: DGX A100, eight HDR ports each. */
const NODE = 'dgx-a100';

/** The run as it was: its own split, micro-batch and batch, under the software of its time. */
export function scenarioOfCompared(run: ComparedRun): TrainingScenario | null {
  const record = models.find(({ shape }) => shape.layers === run.layers && shape.hidden === run.hidden);
  if (!record) return null;
  return {
    model: { ...record.shape, sequence: 2048 },
    cluster: clusterOf(nodeById(NODE), run.gpus),
    parallelism: {
      tensorParallel: run.tensorParallel,
      pipelineParallel: run.pipelineParallel,
      virtualPipeline: 1,
      contextParallel: 1,
      expertParallel: 1,
      expertTensorParallel: 1,
      sequenceParallel: false,
      zeroStage: run.sharded ? 3 : 0,
    },
    microBatch: run.microBatch,
    globalBatch: run.globalBatch,
    precision: 'fp16',
    recompute: 'full',
    schedule: '1f1b',
    framework: run.sharded ? 'deepspeed' : 'megatron-2021',
    fusedAttention: false,
  };
}

function measuredOf(run: ComparedRun): Measured[] {
  const scenario = scenarioOfCompared(run);
  const peak = scenario?.cluster.gpu.peak.fp16;
  if (!scenario || peak === undefined) return [];
  const predictedSeconds = breakdownTotal(stepBreakdown(scenario));
  const tokensPerSecond = (run.globalBatch * scenario.model.sequence) / run.seconds;
  return [
    {
      run,
      mfu: mfu({
        modelFlopsPerToken: modelFlops(scenario.model).total,
        tokensPerSecond,
        peak,
        gpus: run.gpus,
      }),
      predictedSeconds,
      error: predictedSeconds / run.seconds - 1,
    },
  ];
}

let all: readonly Measured[] | undefined;

/** The runs of the table, worked out once. */
export function measuredRuns(): readonly Measured[] {
  all ??= comparedRuns.flatMap(measuredOf);
  return all;
}

/** Of them those whose model is nearest in size. */
export function nearestRuns(parameters: number): readonly Measured[] {
  const away = ({ run }: Measured): number => Math.abs(Math.log(run.parameters / parameters));
  const least = Math.min(...measuredRuns().map(away));
  return measuredRuns().filter((measured) => away(measured) === least);
}

/** How far off the estimates of all of them are: in the median, and at worst. */
export function errorsOf(): { readonly median: number; readonly worst: number } {
  const sorted = measuredRuns()
    .map(({ error }) => Math.abs(error))
    .sort((a, b) => a - b);
  const middle = sorted.length / 2;
  const median = ((sorted[Math.floor(middle)] ?? 0) + (sorted[Math.ceil(middle) - 1] ?? 0)) / 2;
  return { median, worst: sorted.at(-1) ?? 0 };
}
