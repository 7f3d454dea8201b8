/**
 * Global constants of the step model: what element-wise kernels make of the memory, what hiding communication costs, what
 * the host adds. Physical, the same for every run. Those marked "fitted" minimise the error on half of the published
 * runs (src/validation/halves.ts); validation reports the other half.
 */
export const STEP = {
  /** Share of the memory bandwidth that streaming kernels reach. Fitted; copies measure 0.80 to 0.92, reductions less. */
  streamingShare: 0.7,

  /**
   * Share of a hidden collective's time that is paid all the same: its kernels take SMs, caches and memory bandwidth from
   * the matrix products that hide it. Fitted.
   */
  contention: 0.3,

  /** Share of the covering work that a collective can use: the rest is launch order and the ends of the overlap. */
  coverShare: 0.9,

  /** From one small kernel to the next, seconds: launch latency that a full queue does not hide. */
  kernelGap: 2e-6,

  /** Host work between two steps that the GPUs wait for: data, gradient norm, learning rate, logging. Seconds. Fitted. */
  hostSeconds: 0.04,

  /** The backward pass is issued by the autograd engine in C++: share of the forward pass's time on the host. */
  issueBackward: 0.6,

  /**
   * Bytes a parameter that Adam moves: gradient, master weight and two moments read, the last three written in FP32, and
   * the 16-bit weight.
   */
  adamBytes: 30,

  /**
   * Forward through a layer of experts the host reads how many tokens each of them got before it can issue what follows,
   * and the GPU waits from then on until the host is ahead again. Seconds a layer and micro-batch. Fitted; 2.5 to
   * 4 ms are as good.
   * @source Megatron-LM, pull request 2368 (MoE ECHO), "Sync-Free MoE"; AMD Primus, issue 203
   */
  routingWait: 3e-3,

  /**
   * Bytes moved for each element of a matrix product's operand when it is cast to 8 or 4 bits, row- and column-wise:
   * forward the kernel before writes them in place of 16 bits; backward they are read and written by a kernel of their own.
   * @source Transformer Engine, cast_transpose and its fusions with normalisation and activation
   */
  castForward: 2,
  castBackward: 4,

  /**
   * Share of a layer's forward pass that FSDP's and XLA's selective policies run again: they keep every second matrix
   * product. Fitted.
   * @source torchtitan, "selective op"; MaxText and PaxML, remat policies that save projections
   */
  selectiveShare: 0.547,
};
