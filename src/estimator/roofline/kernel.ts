import { gemmBytes } from '../kernels/gemm.ts';
import { FORMAT_BYTES } from '../kernels/format-bytes.ts';
import type { Format } from '../types.ts';
import type { Bytes, Flop } from '../units.ts';

/** Width of an attention head in the kernels of the roofline: what models from GPT-3 to Llama 3 use. */
export const HEAD_WIDTH = 128;

/**
 * One kernel of a Transformer. `m` counts tokens and `n` is a width, so that all kinds can be set side by side.
 *
 * `gemm` is C[m,n] = A[m,k] B[k,n], a decode step of m sequences where m is small. The attentions are causal, forward,
 * over one sequence of m tokens with n / 128 heads: `attention` in one kernel, `separate-attention` with its scores
 * written to memory between kernels. `residual` adds two arrays of m x n.
 */
export type RooflineKernel =
  | { readonly kind: 'gemm'; readonly m: number; readonly n: number; readonly k: number }
  | {
      readonly kind: 'attention' | 'separate-attention' | 'residual';
      readonly m: number;
      readonly n: number;
    };

export interface KernelWork {
  readonly flops: Flop;
  /** From and to memory, each operand once. */
  readonly bytes: Bytes;
}

/** Times that the score matrix crosses the memory bus: written, read and written by the softmax, read again. */
const SCORE_PASSES = 4;

/**
 * FLOP and least bytes of a kernel. A causal kernel is charged half of the scores; one that keeps all scores in memory
 * is charged all, because that is what it computes.
 * @source attention: Dao 2022, section 2.2; GEMM: NVIDIA, Matrix multiplication background user's guide
 */
export function kernelWork(kernel: RooflineKernel, format: Format): KernelWork {
  const { m, n } = kernel;
  const element = FORMAT_BYTES[format];
  switch (kernel.kind) {
    case 'gemm':
      return { flops: 2 * m * n * kernel.k, bytes: gemmBytes(m, n, kernel.k, 1, element) };
    case 'attention':
      return { flops: 2 * m * m * n, bytes: 4 * m * n * element };
    case 'separate-attention': {
      const scores = (n / HEAD_WIDTH) * m * m;
      return { flops: 4 * m * m * n, bytes: (4 * m * n + SCORE_PASSES * scores) * element };
    }
    case 'residual':
      return { flops: m * n, bytes: 3 * m * n * element };
  }
}
