import { microBatchesOf, type TrainingScenario } from '../training/types.ts';
import { microBatchesInFlight } from './in-flight.ts';
import type { StageLoad } from './stage-bytes.ts';
import { layersByStage } from '../training/stage-layers.ts';

/** Layers without experts on each stage: the model's first ones. */
function denseByStage(layers: readonly number[], dense: number): readonly number[] {
  let left = dense;
  return layers.map((count) => {
    const here = Math.min(left, count);
    left -= here;
    return here;
  });
}

/** What a DualPipe rank holds of two opposite stages, as the mean of both, of which it has two copies. */
const folded = (counts: readonly number[]): readonly number[] =>
  counts.map((count, stage) => (count + (counts[counts.length - 1 - stage] as number)) / 2);

/** What sits on every pipeline stage of a scenario and how much of it is under way. */
export function stageLoads(scenario: TrainingScenario): readonly StageLoad[] {
  const { model, parallelism, schedule, recompute, framework } = scenario;
  const { pipelineParallel: stages, virtualPipeline: chunks } = parallelism;
  const dual = schedule === 'dualpipe' && stages > 1;
  const fold = dual ? folded : (counts: readonly number[]) => counts;
  const inOrder = layersByStage(model, stages, chunks, framework);
  const layers = fold(inOrder);
  const dense = fold(denseByStage(inOrder, model.moe ? model.moe.denseLayers : model.layers));
  return layers.map((count, stage) => {
    const denseLayers = dense[stage] as number;
    // A V of chunks brings both ends of the model to the first rank; DualPipe has such a rank at either end.
    const first = stage === 0 || (dual && stage === stages - 1);
    return {
      denseLayers,
      moeLayers: count - denseLayers,
      copies: dual ? 2 : 1,
      first,
      last: dual || schedule === 'zb-v' ? first : stage === stages - 1,
      inFlight: microBatchesInFlight(schedule, stage, stages, chunks, microBatchesOf(scenario)),
      pipelined: stages > 1,
      recomputed: recompute === 'full' ? (scenario.recomputeLayers ?? count) : count,
    };
  });
}
