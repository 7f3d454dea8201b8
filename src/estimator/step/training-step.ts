import { hfu, mfu } from '../efficiency.ts';
import { hardwareFlops } from '../flops/hardware-flops.ts';
import { modelFlops } from '../flops/model-flops.ts';
import { failed, ok, type Issue, type Outcome } from '../issues.ts';
import { checkMemory } from '../memory/check-memory.ts';
import { memoryPerGpu, type MemoryEstimate } from '../memory/memory-per-gpu.ts';
import { checkScenario } from '../training/check-scenario.ts';
import { dataParallelOf, microBatchesOf, type TrainingScenario } from '../training/types.ts';
import type { Flop, Seconds } from '../units.ts';
import { breakdownTotal, composeStep, type StepBreakdown } from './compose.ts';
import { stepCosts } from './costs.ts';
import { stepInterval, type Interval } from './interval.ts';
import { gemmFormat } from './machine.ts';
import { planOf } from './plan.ts';
import { recomputedShare } from './recomputed-share.ts';
import { scopeOf } from './scope.ts';

export { planOf } from './plan.ts';

export interface TrainingStep {
  readonly seconds: Seconds;
  /** In which eight of ten published runs of this kind were measured. */
  readonly interval: Interval;
  /** Where the time goes on the slowest stage; the parts sum to `seconds`. */
  readonly breakdown: StepBreakdown;
  readonly tokensPerSecond: number;
  readonly tokensPerSecondPerGpu: number;
  /** FLOP of a step that the mathematics needs, attention scores in full; the same with what is recomputed. */
  readonly modelFlops: Flop;
  readonly hardwareFlops: Flop;
  /** Shares of the dense peak of the format that the matrix products run in: say which when you cite them. */
  readonly mfu: number;
  readonly hfu: number;
  readonly dataParallel: number;
  readonly microBatches: number;
  readonly memory: MemoryEstimate;
  /** What a reader should know of an estimate that stands: memory exceeded. */
  readonly issues: readonly Issue[];
}

/** Where one step's time goes. Only for a scenario without issues. */
export const stepBreakdown = (scenario: TrainingScenario): StepBreakdown =>
  composeStep(stepCosts(scopeOf(scenario)), planOf(scenario));

/**
 * Predicts one training step: kernel by kernel through a layer, layers and ends through the pipeline's schedule,
 * communication on the wires that its groups stand on, as far as the framework family does not hide it.
 *
 * Left out: stragglers, failures, data loading beyond a constant, uneven attention between context-parallel ranks,
 * routing that changes from step to step. How wrong it is: /validation/.
 *
 * @param scenario of unknown origin; memory it lacks is a note in `issues`, not a failure
 * @returns seconds, FLOP and shares; or every Issue that makes the scenario impossible, as `checkScenario` lists them
 * @source per part: kernels/, network/, step/; tested on published runs by `npm run validate`
 */
export function trainingStep(scenario: TrainingScenario): Outcome<TrainingStep> {
  const wrong = checkScenario(scenario);
  if (wrong.length > 0) return failed(...wrong);
  const { model, cluster, precision, globalBatch, recompute } = scenario;
  const breakdown = stepBreakdown(scenario);
  const seconds = breakdownTotal(breakdown);
  const tokens = globalBatch * model.sequence;
  const { gpus, gpu } = cluster;
  const peak = gpu.peak[gemmFormat(gpu, precision)] ?? Infinity;
  const useful = modelFlops(model, { tokens }).total;
  const executed = hardwareFlops(model, { tokens, recompute, share: recomputedShare(scenario) }).total;
  const throughput = { tokensPerSecond: tokens / seconds, peak, gpus };
  const memory = memoryPerGpu(scenario);
  return ok({
    seconds,
    interval: stepInterval(scenario, seconds),
    breakdown,
    tokensPerSecond: tokens / seconds,
    tokensPerSecondPerGpu: tokens / seconds / gpus,
    modelFlops: useful,
    hardwareFlops: executed,
    mfu: mfu({ ...throughput, modelFlopsPerToken: useful / tokens }),
    hfu: hfu({ ...throughput, hardwareFlopsPerToken: executed / tokens }),
    dataParallel: dataParallelOf(scenario),
    microBatches: microBatchesOf(scenario),
    memory,
    issues: checkMemory(scenario, memory),
  });
}
