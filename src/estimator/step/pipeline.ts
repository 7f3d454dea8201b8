import { collectiveSeconds } from '../network/collective.ts';
import { placeGroup } from '../network/placement.ts';
import type { PipelineSchedule } from '../training/types.ts';
import type { Seconds } from '../units.ts';
import { STEP } from './constants.ts';
import type { StepCosts } from './costs.ts';

/**
 * Time that a pipeline loses while it fills and drains.
 * @param others all stages' time for one micro-batch, without the slowest one's
 * @param stages p; @param chunks v
 * @param forward, backward, weightGradient of one stage and micro-batch
 * @source Huang 2018 (GPipe); Narayanan 2021, section 2.2 (1F1B, interleaved: 1/v of it); Qi 2023, table 2 (zero
 *   bubble: two or three weight gradients a stage are moved into it); DeepSeek-V3 2024, table 2 (DualPipe)
 */
export function bubbleSeconds(
  schedule: PipelineSchedule,
  others: Seconds,
  stages: number,
  chunks: number,
  forward: Seconds,
  backward: Seconds,
  weightGradient: Seconds,
): Seconds {
  if (stages === 1) return 0;
  const moved = (stages - 1) * weightGradient;
  switch (schedule) {
    case 'zb-h1':
      return Math.max(0, others - 2 * moved);
    case 'zb-h2':
    case 'zb-v':
      return Math.max(0, others - 3 * moved);
    case 'dualpipe':
      return Math.max(0, (stages / 2 - 1) * (forward + 2 * backward - 3 * weightGradient));
    case 'gpipe':
    case '1f1b':
    case 'interleaved':
      return others / chunks;
  }
}

/**
 * Sending activations to the next stage and gradients back, as far as somebody waits: twice a micro-batch and chunk,
 * and once along the whole pipeline at either end of the step.
 */
export function pipelineSendSeconds(
  { scope, sent }: StepCosts,
  stages: number,
  chunks: number,
  microBatches: number,
): Seconds {
  if (stages === 1) return 0;
  const { machine, rules } = scope;
  const { ranksPerDomain, ranksPerNode } = placeGroup(stages, machine.cluster.gpus / stages, machine.cluster);
  const inside = (neighbours: number): number => (neighbours > 1 ? 2 : 1);
  const [domain, node] = [inside(ranksPerDomain), inside(ranksPerNode)];
  const hop = collectiveSeconds('send-receive', sent, 2, domain, machine.wires, node);
  const waited = rules.pipelineOverlap && chunks > 1 ? STEP.contention : 1;
  return 2 * hop * (microBatches * chunks * waited + stages - 1);
}
