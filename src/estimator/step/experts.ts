import { collectiveSeconds, groupSeconds } from '../network/collective.ts';
import type { Seconds } from '../units.ts';
import { STEP } from './constants.ts';
import { addActivation } from './elementwise.ts';
import { addGroupedLinear, addLinear, type LayerPasses } from './linear.ts';
import type { Scope } from './scope.ts';

/** Reads and writes of a routed token's hidden state around an expert: sorted in and out, copied on sending and receiving. */
const MOVES = 6;

/**
 * Distinct servers among a token's experts over its experts, when a token goes once to a server and is handed on inside
 * it (DeepEP, HybridEP): of `n` servers, k even draws meet n (1 - (1 - 1/n)^k).
 */
const distinctShare = (servers: number, experts: number): number =>
  servers > 1 ? (servers * (1 - (1 - 1 / servers) ** experts)) / experts : 1;

/** Dispatch or combine: every rank's routed tokens to the ranks of their experts, or back. */
function exchangeSeconds(scope: Scope, tokens: number, topK: number): Seconds {
  const { model, machine, expertParallel, expert } = scope;
  const bytes = tokens * topK * model.hidden * machine.element;
  const { ranksPerDomain, ranksPerNode } = expert;
  const near = Math.max(ranksPerDomain, ranksPerNode);
  const share = distinctShare(expertParallel / near, topK);
  const across = groupSeconds('all-to-all', bytes * share, expert, machine.wires);
  const inside =
    near < expertParallel
      ? collectiveSeconds('all-to-all', bytes, near, ranksPerDomain, machine.wires, ranksPerNode)
      : 0;
  return Math.max(across, inside);
}

/**
 * A layer of routed and shared experts: router, dispatch, grouped matrix products, combine. The busiest rank counts.
 * @source Lepikhin 2020 (GShard), section 3; Megatron Core, MoE token dispatcher
 */
export function addExperts(passes: LayerPasses, scope: Scope): void {
  const { model, machine, rules, sliceTokens, tokens, tensorParallel, expertTensorParallel } = scope;
  const { moe, hidden } = model;
  if (!moe) return;
  const imbalance = scope.balanced || scope.expertParallel === 1 ? 1 : STEP.expertImbalance;
  const up = model.gatedMlp ? 2 : 1;
  const copies = sliceTokens * moe.topK * expertTensorParallel * imbalance;
  const local = moe.experts / scope.expertParallel;
  const width = moe.expertFfn / expertTensorParallel;
  addLinear(passes, sliceTokens, hidden, moe.experts, machine, rules);
  addGroupedLinear(passes, local, copies / local, hidden, up * width, machine, rules);
  addActivation(passes, copies, width, scope);
  addGroupedLinear(passes, local, copies / local, width, hidden, machine, rules);
  const shared = (moe.sharedExperts * moe.sharedFfn) / tensorParallel;
  if (shared > 0) {
    addLinear(passes, tokens, hidden, up * shared, machine, rules);
    addActivation(passes, tokens, shared, scope);
    addLinear(passes, tokens, shared, hidden, machine, rules);
  }
  const moves = (MOVES * copies * hidden * machine.element) / machine.streaming;
  const exchange = 2 * imbalance * exchangeSeconds(scope, sliceTokens, moe.topK);
  const gathered = copies * hidden * machine.element;
  const tensor =
    groupSeconds('all-gather', gathered, scope.expertTensor, machine.wires) +
    groupSeconds('reduce-scatter', gathered, scope.expertTensor, machine.wires);
  for (const pass of [passes.forward, passes.backward]) {
    pass.memoryBound += moves;
    pass.expertParallel += exchange;
    pass.tensorParallel += tensor;
  }
}
