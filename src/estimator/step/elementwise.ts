import { STEP } from './constants.ts';
import type { LayerPasses } from './linear.ts';
import type { FrameworkRules } from './rules.ts';
import type { Scope } from './scope.ts';

/** How often an element is read or written, forward and backward, and in how many kernels a pass. */
interface Traffic {
  readonly forward: number;
  readonly backward: number;
  readonly kernels: number;
}

const traffic = (forward: number, backward: number, kernels: number): Traffic => ({
  forward,
  backward,
  kernels,
});

/** Read and write; backward the gradient and the input are read, the input's gradient written. */
const NORM = traffic(2, 3, 1);
/** PyTorch's LayerNorm reads gradient and input a second time for the gradients of its weights. */
const NORM_EAGER = traffic(2, 5, 1);
/** RMSNorm written out: to FP32, square, mean, multiply, back to 16 bits, weight; counted in 16-bit elements. */
const RMS_NORM_EAGER = traffic(18, 38, 6);

/** Bias, dropout and residual sum behind attention and behind the MLP. */
const RESIDUAL = traffic(3, 3, 1);
const RESIDUAL_COMPILED = traffic(2, 2, 1);
const RESIDUAL_DROPOUT = traffic(3.5, 5.5, 1);
const RESIDUAL_DROPOUT_EAGER = traffic(7.5, 7.5, 3);

/** Elements of the MLP's inner width. */
const GELU = traffic(2, 3, 1);
const SWIGLU = traffic(3, 5, 1);
const SWIGLU_EAGER = traffic(5, 8, 2);

/** Queries and keys. Written out, rotary positions split, negate, multiply twice and add. */
const ROTARY = traffic(2, 2, 1);
const ROTARY_EAGER = traffic(8, 8, 5);

/** Separate products for scores and output want queries, keys and values head by head: a transposing copy. */
const LAYOUT = traffic(2, 2, 1);

function normTraffic({ fusedNorm, elementwise }: FrameworkRules, rms: boolean): Traffic {
  if (!fusedNorm) return rms ? RMS_NORM_EAGER : NORM_EAGER;
  return elementwise === 'eager' && !rms ? NORM_EAGER : NORM;
}

function residualTraffic({ elementwise }: FrameworkRules, dropout: boolean): Traffic {
  if (dropout) return elementwise === 'eager' ? RESIDUAL_DROPOUT_EAGER : RESIDUAL_DROPOUT;
  return elementwise === 'compiled' ? RESIDUAL_COMPILED : RESIDUAL;
}

function add(passes: LayerPasses, elements: number, kind: Traffic, { machine }: Scope): void {
  const second = (elements * machine.element) / machine.streaming;
  passes.forward.memoryBound += second * kind.forward + kind.kernels * STEP.kernelGap;
  passes.backward.memoryBound += second * kind.backward + kind.kernels * STEP.kernelGap;
}

/** Norms and residual sums of a layer, on the tokens of this rank's slice. */
export function addNormsAndResiduals(passes: LayerPasses, scope: Scope): void {
  const { model, rules, sliceTokens, dropout } = scope;
  const elements = sliceTokens * model.hidden;
  const norms = model.normsPerLayer ?? 2;
  add(passes, norms * elements, normTraffic(rules, model.norm === 'rmsnorm'), scope);
  add(passes, 2 * elements, residualTraffic(rules, dropout), scope);
}

/** Rotary positions, norms of queries and keys, transposing copies: on `width` elements of each token. */
export function addQueryKeyWork(passes: LayerPasses, width: number, scope: Scope, layout: boolean): void {
  const { model, rules, tokens } = scope;
  const elements = tokens * width;
  const eager = rules.elementwise === 'eager';
  if (model.positions === 'rotary') add(passes, elements, eager ? ROTARY_EAGER : ROTARY, scope);
  if (model.qkNorm) add(passes, elements, normTraffic(rules, true), scope);
  if (layout) add(passes, elements, LAYOUT, scope);
}

/** GELU or SwiGLU of `rows` tokens. */
export function addActivation(passes: LayerPasses, rows: number, width: number, scope: Scope): void {
  const { model, rules } = scope;
  const gated = rules.elementwise === 'eager' ? SWIGLU_EAGER : SWIGLU;
  add(passes, rows * width, model.gatedMlp ? gated : GELU, scope);
}
