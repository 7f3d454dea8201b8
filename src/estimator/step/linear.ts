import { gemmSeconds, groupedGemmSeconds } from '../kernels/gemm.ts';
import type { Seconds } from '../units.ts';
import { STEP } from './constants.ts';
import type { Machine } from './machine.ts';
import type { Pass } from './pass.ts';
import type { FrameworkRules } from './rules.ts';

/** A layer's two passes while they are added up, and the part of the backward pass that only weights' gradients need. */
export interface LayerPasses {
  readonly forward: Pass;
  readonly backward: Pass;
  weightGradient: Seconds;
}

/** Adding a micro-batch's weight gradient to the sum. */
const accumulate = (weights: number, { streaming }: Machine, rules: FrameworkRules): Seconds =>
  (weights * rules.accumulateBytes) / streaming;

function addCasts(passes: LayerPasses, inputs: number, outputs: number, { casts, streaming }: Machine): void {
  if (!casts) return;
  passes.forward.memoryBound += (inputs * STEP.castForward) / streaming + STEP.kernelGap;
  passes.backward.memoryBound += (outputs * STEP.castBackward) / streaming + STEP.kernelGap;
}

/**
 * A linear layer of `width` outputs on `rows` tokens: one matrix product forward, two backward (the input's gradient
 * and the weight's), the casts of narrow formats, and the sum of gradients over micro-batches.
 */
export function addLinear(
  passes: LayerPasses,
  rows: number,
  inner: number,
  width: number,
  machine: Machine,
  rules: FrameworkRules,
): void {
  const { format, gpu, joules } = machine;
  const gradient = gemmSeconds(width, inner, rows, format, gpu, 1, joules);
  const sum = accumulate(width * inner, machine, rules);
  passes.forward.gemm += gemmSeconds(rows, width, inner, format, gpu, 1, joules);
  passes.backward.gemm += gemmSeconds(rows, inner, width, format, gpu, 1, joules) + gradient;
  passes.backward.memoryBound += sum;
  passes.weightGradient += gradient + sum;
  addCasts(passes, rows * inner, rows * width, machine);
}

/** The same for `experts` linear layers at once, each on its own `rows` tokens: a grouped matrix product. */
export function addGroupedLinear(
  passes: LayerPasses,
  experts: number,
  rows: number,
  inner: number,
  width: number,
  machine: Machine,
  rules: FrameworkRules,
): void {
  const { format, gpu, joules } = machine;
  const gradient = gemmSeconds(width, inner, rows, format, gpu, experts, joules);
  const sum = accumulate(experts * width * inner, machine, rules);
  passes.forward.gemm += groupedGemmSeconds(experts, rows, width, inner, format, gpu, joules);
  passes.backward.gemm += groupedGemmSeconds(experts, rows, inner, width, format, gpu, joules) + gradient;
  passes.backward.memoryBound += sum;
  passes.weightGradient += gradient + sum;
  addCasts(passes, experts * rows * inner, experts * rows * width, machine);
}
