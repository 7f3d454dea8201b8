import { collectiveSeconds, groupSeconds } from '../network/collective.ts';
import type { Seconds } from '../units.ts';
import { keyValueBytes } from './attention.ts';
import type { LayerPasses } from './linear.ts';
import { exposed } from './overlap.ts';
import type { Scope } from './scope.ts';

/** Bytes an element that summing in FP32 moves: out of 16 bits and back into them. */
const FP32_ROUND_TRIP = 12;

/**
 * Tensor parallelism: behind each block that is split (attention, and a dense MLP) activations are summed, and in the
 * backward pass gradients. With sequence parallelism an all-gather before and a reduce-scatter behind it, and the
 * backward pass gathers the saved input once more.
 * @param blocks split blocks of the layer: 2, or 1 where experts take the MLP's place
 * @source Shoeybi 2019, section 3; Korthikanti 2022, section 4.2.2
 */
export function addTensorParallel(passes: LayerPasses, scope: Scope, blocks: number): void {
  const { model, machine, rules, tokens, sequenceParallel, tensor } = scope;
  if (tensor.ranks === 1) return;
  const { forward, backward, weightGradient } = passes;
  const elements = tokens * model.hidden;
  const wider = rules.tensorSumsFp32 && machine.wideFormat === 'bf16' && !sequenceParallel;
  const bytes = elements * machine.element;
  const collective = (op: 'all-gather' | 'reduce-scatter' | 'all-reduce', size: number): Seconds =>
    blocks * groupSeconds(op, size, tensor, machine.wires);
  const again = sequenceParallel ? collective('all-gather', bytes) : 0;
  const sums = sequenceParallel
    ? again + collective('reduce-scatter', bytes)
    : collective('all-reduce', wider ? 2 * bytes : bytes);
  if (wider) {
    const trip = (blocks * elements * FP32_ROUND_TRIP) / machine.streaming;
    forward.memoryBound += trip;
    backward.memoryBound += trip;
  }
  if (rules.tensorOverlap === 'chunked') {
    const first = 1 / tensor.ranks;
    forward.tensorParallel += exposed(sums, forward.gemm, first);
    backward.tensorParallel += exposed(sums + again, backward.gemm, first);
  } else if (rules.tensorOverlap === 'backward') {
    forward.tensorParallel += sums;
    // Row-parallel sums wait; column-parallel ones, and the second gather, run under the weight gradient.
    backward.tensorParallel += sums / 2 + exposed(sums / 2 + again, weightGradient);
  } else {
    forward.tensorParallel += sums;
    backward.tensorParallel += sums + again;
  }
}

/**
 * Context parallelism: keys and values go round a ring while attention works on those that have come; backward with
 * their gradients.
 * @source Liu 2023 (ring attention); Megatron Core, context parallelism
 */
export function addContextParallel(passes: LayerPasses, scope: Scope): void {
  const { machine, context } = scope;
  const { ranks, ranksPerDomain, ranksPerNode } = context;
  if (ranks === 1) return;
  const bytes = keyValueBytes(scope);
  const inside = (most: number): number => (most === ranks ? 2 : 1);
  const [domain, node] = [inside(ranksPerDomain), inside(ranksPerNode)];
  const ring = (ranks - 1) * collectiveSeconds('send-receive', bytes, 2, domain, machine.wires, node);
  const covering = (ranks - 1) / ranks;
  passes.forward.contextParallel += exposed(ring, covering * passes.forward.attention);
  passes.backward.contextParallel += exposed(2 * ring, covering * passes.backward.attention);
}
