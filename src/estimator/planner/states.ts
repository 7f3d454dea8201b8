import { stateBytes } from '../memory/stage-bytes.ts';
import type { MemoryRates } from '../memory/memory-rates.ts';
import type { StepCosts } from '../step/costs.ts';
import { replicaTraffic, type ReplicaTraffic } from '../step/data-parallel.ts';
import type { ZeroStage } from '../training/types.ts';
import type { Bytes } from '../units.ts';
import type { Layout } from './layouts.ts';

/**
 * What depends on a layout only through its parameters: state in memory, and the traffic between replicas. The same for
 * every micro-batch, context-parallel degree and recompute mode of a tensor- and expert-parallel degree.
 */
export interface LayoutStates {
  /** Bytes by ZeRO stage and kind of stage: at `zero * kinds + kind`. */
  readonly bytes: Float64Array;
  /** No plan of the layout needs less than this many bytes besides what is outside PyTorch. */
  readonly least: Bytes;
  /** By ZeRO stage, once it has been asked for. */
  readonly traffic: (ReplicaTraffic | undefined)[];
}

/** @param rates by ZeRO stage */
export function layoutStates(
  layout: Layout,
  zeroStages: readonly ZeroStage[],
  rates: readonly MemoryRates[],
  tensorParallel: number,
  expertParallel: number,
  gpus: number,
): LayoutStates {
  const { kinds } = layout;
  const shards = gpus / layout.pipelineParallel / tensorParallel;
  const expertShards = Math.max(1, (shards * tensorParallel) / expertParallel);
  const bytes = new Float64Array(zeroStages.length * kinds.length);
  let least = Infinity;
  zeroStages.forEach((zeroStage, zero) => {
    let worst = 0;
    kinds.forEach(({ load }, kind) => {
      const own = stateBytes(rates[zero]!, load, { zeroStage, shards, expertShards });
      bytes[zero * kinds.length + kind] = own;
      worst = Math.max(worst, own);
    });
    least = Math.min(least, worst);
  });
  return { bytes, least, traffic: zeroStages.map(() => undefined) };
}

/** The traffic of a layout and ZeRO stage, worked out when it is first needed. */
export function trafficOf(
  states: LayoutStates,
  layout: Layout,
  zero: number,
  zeroStage: ZeroStage,
  costs: StepCosts,
): ReplicaTraffic {
  const known = states.traffic[zero];
  if (known) return known;
  const shards = { zeroStage, stages: layout.pipelineParallel, layers: layout.most };
  return (states.traffic[zero] = replicaTraffic(costs, shards));
}
