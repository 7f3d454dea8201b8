import type { Seconds } from '../units.ts';

/** Seconds of one pass of one micro-batch on one GPU, by what they go to. Communication is what is waited for. */
export interface PassSeconds {
  readonly gemm: Seconds;
  readonly attention: Seconds;
  /** Norms, activations, residuals, casts, permutations, loss: bound by memory. */
  readonly memoryBound: Seconds;
  readonly tensorParallel: Seconds;
  readonly contextParallel: Seconds;
  readonly expertParallel: Seconds;
  /** Waiting for the host to issue kernels. */
  readonly launch: Seconds;
}

/** The same, being added up. */
export type Pass = { -readonly [part in keyof PassSeconds]: PassSeconds[part] };

export const emptyPass = (): Pass => ({
  gemm: 0,
  attention: 0,
  memoryBound: 0,
  tensorParallel: 0,
  contextParallel: 0,
  expertParallel: 0,
  launch: 0,
});

export const passTotal = (pass: PassSeconds): Seconds =>
  pass.gemm +
  pass.attention +
  pass.memoryBound +
  pass.tensorParallel +
  pass.contextParallel +
  pass.expertParallel +
  pass.launch;

/** Adds `times` the one pass to the other. */
export function addTo(sum: Pass, pass: PassSeconds, times = 1): Pass {
  sum.gemm += times * pass.gemm;
  sum.attention += times * pass.attention;
  sum.memoryBound += times * pass.memoryBound;
  sum.tensorParallel += times * pass.tensorParallel;
  sum.contextParallel += times * pass.contextParallel;
  sum.expertParallel += times * pass.expertParallel;
  sum.launch += times * pass.launch;
  return sum;
}
