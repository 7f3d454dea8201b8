import { collectiveSeconds, groupSeconds } from '../network/collective.ts';
import type { Bytes, Seconds } from '../units.ts';
import { addActivation } from './elementwise.ts';
import { addGroupedLinear, addLinear, type LayerPasses } from './linear.ts';
import type { Scope } from './scope.ts';

/** Reads and writes of a routed token's hidden state around an expert: sorted in and out, copied on sending and receiving. */
const MOVES = 6;

/** Distinct places among a token's experts, over its experts: of `n` places, k even draws meet n (1 - (1 - 1/n)^k). */
const distinctShare = (places: number, experts: number): number =>
  (places * (1 - (1 - 1 / places) ** experts)) / experts;

/**
 * Dispatch or combine: every rank's routed tokens to the ranks of their experts, or back. A token goes once to a rank
 * however many of its experts are there, and once to a server, which hands it on.
 * @source DeepEP, buffers/legacy.py: get_dispatch_layout, `is_token_in_rank` and `num_tokens_per_rdma_rank`
 */
function exchangeSeconds(scope: Scope, tokens: number, topK: number): Seconds {
  const { model, machine, expertParallel, expert } = scope;
  const bytes = tokens * topK * model.hidden * machine.element;
  const once = (places: number): Bytes => bytes * distinctShare(places, topK);
  const { ranksPerDomain, ranksPerNode } = expert;
  const near = Math.max(ranksPerDomain, ranksPerNode);
  if (near >= expertParallel) return groupSeconds('all-to-all', once(expertParallel), expert, machine.wires);
  const across = groupSeconds('all-to-all', once(expertParallel / near), expert, machine.wires);
  const inside = collectiveSeconds(
    'all-to-all',
    once(expertParallel),
    near,
    ranksPerDomain,
    machine.wires,
    ranksPerNode,
  );
  return Math.max(across, inside);
}

/**
 * A layer of routed and shared experts: router, dispatch, grouped matrix products, combine. Tokens are spread evenly.
 * @source Lepikhin 2020 (GShard), section 3; Megatron Core, MoE token dispatcher
 */
export function addExperts(passes: LayerPasses, scope: Scope): void {
  const { model, machine, rules, sliceTokens, tokens, tensorParallel, expertTensorParallel } = scope;
  const { moe, hidden } = model;
  if (!moe) return;
  const up = model.gatedMlp ? 2 : 1;
  const copies = sliceTokens * moe.topK * expertTensorParallel;
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
  const exchange = 2 * exchangeSeconds(scope, sliceTokens, moe.topK);
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
