import { breakdownTotal, composeStep, passesOf, recomputeSeconds, type StepPlan } from '../step/compose.ts';
import { stepCosts, type StepCosts } from '../step/costs.ts';
import { passTotal } from '../step/pass.ts';
import { planOf } from '../step/training-step.ts';
import { scopeOf } from '../step/scope.ts';
import type { TrainingScenario } from '../training/types.ts';
import type { Seconds } from '../units.ts';

/** When one pipeline stage works and when it waits, in one step. The parts sum to the step. */
export interface StagePasses {
  /** Forward passes of a chunk, and as many backward passes. */
  readonly passes: number;
  /** One pass of one chunk; the backward pass with what it runs again. */
  readonly forward: Seconds;
  readonly backward: Seconds;
  /** Waiting before each pass: for neighbours, for a slower stage, in ZeRO-3 for weights. */
  readonly wait: Seconds;
  /** Waiting for the first micro-batch, for its gradients to come back, and for the first stage to finish. */
  readonly fill: Seconds;
  readonly turn: Seconds;
  readonly drain: Seconds;
  /** Waiting for other replicas, updating, host. */
  readonly replicas: Seconds;
  readonly optimizer: Seconds;
  readonly host: Seconds;
  readonly step: Seconds;
}

/** Embedding and logits are costed as both passes together; two of a GEMM's three products are backward. */
const ENDS_FORWARD = 1 / 3;

/** Seconds of one micro-batch on every stage, forward and backward. */
function stageSeconds(costs: StepCosts, plan: StepPlan): readonly { forward: Seconds; backward: Seconds }[] {
  const most = Math.max(...plan.layers);
  const again = recomputeSeconds(costs, plan, most);
  const passes = passesOf(costs, plan);
  return plan.layers.map((layers, stage) => {
    const ends =
      (stage === 0 ? passTotal(costs.embedding) : 0) +
      (stage === plan.layers.length - 1 ? passTotal(costs.head) : 0);
    return {
      forward: layers * passTotal(passes.forward) + ENDS_FORWARD * ends,
      backward: layers * (passTotal(passes.backward) + again) + (1 - ENDS_FORWARD) * ends,
    };
  });
}

/**
 * The passes of one stage on the clock of {@link trainingStep}: its parts, dealt out to where they are waited for. The
 * bubble lies before the first forward pass and behind the last backward pass as deep as the stage is in the pipeline,
 * and in between while the first micro-batch is on its way to the last stage and back.
 * @param scenario one that is legal
 * @param stage from 0
 * @source Narayanan 2021, section 2.2, figures 3 and 4
 */
export function stagePasses(scenario: TrainingScenario, stage: number): StagePasses {
  const costs = stepCosts(scopeOf(scenario));
  const plan = planOf(scenario);
  const parts = composeStep(costs, plan);
  const stages = stageSeconds(costs, plan);
  const own = stages[stage]!;
  const seconds = own.forward + own.backward;
  const passes = plan.microBatches * plan.chunks;
  const sharded = plan.zeroStage === 3;
  const step = breakdownTotal(parts);
  const replicas = sharded ? 0 : parts.dataParallel;
  const depth = stages.length > 1 ? stage / (stages.length - 1) : 0;
  // A stage may have no layers at all: nanotron fills stages by cost.
  const ahead = seconds > 0 ? own.forward / seconds : ENDS_FORWARD;
  const fill = parts.bubble * depth * ahead;
  const drain = parts.bubble * depth * (1 - ahead);
  const turn = parts.bubble * (1 - depth);
  const working = step - parts.bubble - replicas - parts.optimizer - parts.host;
  return {
    passes,
    forward: own.forward / plan.chunks,
    backward: own.backward / plan.chunks,
    // Rounding may leave a little less than nothing on the slowest stage.
    wait: Math.max(0, working - plan.microBatches * seconds) / (2 * passes),
    fill,
    turn,
    drain,
    replicas,
    optimizer: parts.optimizer,
    host: parts.host,
    step,
  };
}
