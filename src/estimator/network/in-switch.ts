import { IN_SWITCH_LATENCY, IN_SWITCH_RANKS } from './constants.ts';
import type { CollectiveOp } from './operation.ts';
import { pipelined } from './pipelined.ts';
import type { Wire, Wires } from './wires.ts';

/**
 * The switches add: every GPU sends its buffer once and gets the sum once, instead of nearly twice in a ring. NVSwitch
 * does so inside a domain from Hopper on (NVLS), InfiniBand between domains where SHARP is on.
 * @returns seconds; Infinity where no switch can, or NCCL does not ask it to
 * @source Bekman, ml-engineering, network, SHARP section; NVIDIA GTC 2024, S62129
 */
export function inSwitchSeconds(
  op: CollectiveOp,
  bytes: number,
  ranks: number,
  perDomain: number,
  local: Wire,
  wires: Wires,
): number {
  const possible =
    op === 'all-reduce' && local === wires.nvlink && wires.inSwitch > 0 && perDomain >= IN_SWITCH_RANKS;
  const alone = perDomain >= ranks;
  if (!possible || !(alone || wires.sharp)) return Infinity;
  const inside = bytes / wires.inSwitch;
  const between = alone ? 0 : bytes / (perDomain * wires.network.bandwidth);
  const latency = IN_SWITCH_LATENCY + (alone ? 0 : 2 * wires.network.hop);
  return pipelined(wires.launch + latency, Math.max(inside, between));
}
