import type { TrainingScenario } from '#estimator';

/** A plan in one line, as people write it: "TP 8, PP 4 x 2, ZeRO 1, micro-batch 1, recompute none". */
export function planLabel({ parallelism, microBatch, recompute }: TrainingScenario): string {
  const { tensorParallel, pipelineParallel, virtualPipeline, contextParallel, expertParallel } = parallelism;
  const split = [
    `TP ${tensorParallel}${parallelism.sequenceParallel ? ' + SP' : ''}`,
    `PP ${pipelineParallel}${virtualPipeline > 1 ? ` x ${virtualPipeline}` : ''}`,
    ...(contextParallel > 1 ? [`CP ${contextParallel}`] : []),
    ...(expertParallel > 1 ? [`EP ${expertParallel}`] : []),
  ];
  return [
    ...split,
    `ZeRO ${parallelism.zeroStage}`,
    `micro-batch ${microBatch}`,
    `recompute ${recompute}`,
  ].join(', ');
}
