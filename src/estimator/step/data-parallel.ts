import { collectiveSeconds } from '../network/collective.ts';
import { placeGroup, type Placement } from '../network/placement.ts';
import type { ZeroStage } from '../training/types.ts';
import type { Seconds } from '../units.ts';
import { STEP } from './constants.ts';
import type { StepCosts } from './costs.ts';
import { exposed } from './overlap.ts';

/** One data-parallel group's part of a stage: how many parameters its ranks hold, and where they stand. */
interface Share {
  readonly parameters: number;
  readonly group: Placement;
}

/** What the replicas of one stage have to agree on. */
export interface Replicas {
  readonly zeroStage: ZeroStage;
  readonly stages: number;
  readonly chunks: number;
  readonly microBatches: number;
  /** Layers on the stage. */
  readonly layers: number;
  /** Forward, and backward with recomputation, of the stage's layers for one micro-batch. */
  readonly forward: Seconds;
  readonly backward: Seconds;
}

function shares(
  { scope, layerParameters, expertParameters, tableParameters }: StepCosts,
  { stages, layers }: Replicas,
): Share[] {
  const { machine, tensorParallel, expertParallel, expertTensorParallel } = scope;
  const { cluster } = machine;
  const stage = cluster.gpus / stages;
  const experts = expertParallel * expertTensorParallel;
  return [
    {
      parameters: layers * layerParameters + tableParameters,
      group: placeGroup(stage / tensorParallel, tensorParallel, cluster),
    },
    { parameters: layers * expertParameters, group: placeGroup(stage / experts, experts, cluster) },
  ];
}

/**
 * Gradients to their sums and updated weights back, once a step, as far as they are waited for. They hide under the last
 * micro-batches' backward and the first ones' forward pass: all of the stage without interleaving, and with it the
 * chunks that are done while the others of the last p micro-batches still run.
 * @source Rajbhandari 2020, section 7 (volumes); Megatron Core, distributed optimizer
 */
function gradientSeconds(costs: StepCosts, replicas: Replicas, parts: readonly Share[]): Seconds {
  const { rules, machine } = costs.scope;
  const { zeroStage, stages, chunks, microBatches, forward, backward } = replicas;
  const scatters = zeroStage >= 2 || (zeroStage === 1 && rules.gradientOverlap);
  let gradients = 0;
  let weights = 0;
  for (const { parameters, group } of parts) {
    const { ranks, ranksPerDomain } = group;
    const collective = (op: 'reduce-scatter' | 'all-reduce' | 'all-gather', bytes: number): Seconds =>
      collectiveSeconds(op, bytes, ranks, ranksPerDomain, machine.wires);
    gradients += collective(scatters ? 'reduce-scatter' : 'all-reduce', parameters * rules.gradientBytes);
    if (zeroStage >= 1) weights += collective('all-gather', parameters * machine.element);
  }
  if (!rules.gradientOverlap) return gradients + weights;
  const window = chunks > 1 ? (Math.min(microBatches, stages) * (chunks - 1)) / chunks : 1;
  return exposed(gradients, window * backward) + exposed(weights, window * forward);
}

/**
 * ZeRO-3: every micro-batch gathers each layer's weights in both passes and scatters its gradients. Frameworks that
 * pipeline keep the gathered weights for the step.
 * @source Rajbhandari 2020, section 7.2.2 (1.5 times the volume); Zhao 2023, section 3.3
 */
function shardedSeconds(costs: StepCosts, replicas: Replicas, parts: readonly Share[]): Seconds {
  const { rules, machine } = costs.scope;
  const { stages, microBatches, layers, forward, backward } = replicas;
  const perLayer = [costs.layerParameters, costs.expertParameters];
  let gather = 0;
  let scatter = 0;
  let volume = 0;
  parts.forEach(({ group }, part) => {
    const parameters = perLayer[part] ?? 0;
    const { ranks, ranksPerDomain } = group;
    const bytes = parameters * machine.element;
    if (ranks > 1) volume += 3 * bytes;
    gather += collectiveSeconds('all-gather', bytes, ranks, ranksPerDomain, machine.wires);
    scatter += collectiveSeconds(
      'reduce-scatter',
      parameters * rules.gradientBytes,
      ranks,
      ranksPerDomain,
      machine.wires,
    );
  });
  if (rules.gatherWaits) return (microBatches * layers * volume) / machine.wires.network.bandwidth;
  if (stages > 1) return layers * (gather + scatter);
  const both = exposed(gather, forward / layers) + exposed(gather + scatter, backward / layers);
  return microBatches * layers * both;
}

/** Communication between replicas in a step, as far as it is waited for. */
export function dataParallelSeconds(costs: StepCosts, replicas: Replicas): Seconds {
  const parts = shares(costs, replicas);
  return replicas.zeroStage === 3
    ? shardedSeconds(costs, replicas, parts)
    : gradientSeconds(costs, replicas, parts);
}

/** Adam on what one GPU holds of the optimizer. */
export function optimizerSeconds(costs: StepCosts, replicas: Replicas): Seconds {
  const own = shares(costs, replicas).reduce(
    (sum, { parameters, group }) => sum + parameters / (replicas.zeroStage >= 1 ? group.ranks : 1),
    0,
  );
  return (own * STEP.adamBytes) / costs.scope.machine.streaming;
}
