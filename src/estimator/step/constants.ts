/** Global constants of the step model; physical, few, sourced. */
export const STEP = {
  /** Share of HBM bandwidth that streaming kernels reach. */
  streaming: 0.720,
  /** share of a chunked TP collective that stays exposed */
  chunkExposed: 0.25,
  /** slow-down of GEMMs while NCCL shares the SMs/HBM: share of hidden communication time that is still paid */
  contention: 0.140,
  kernelGap: 3e-6,
  issueBackward: 0.6,
  optimizerBytes: 30,
  /** host link bytes etc */
  moeImbalance: 1.16,
  castForward: 2.00,
  castBackward: 3.47,
  fsdpSelective: 0.227,
};
