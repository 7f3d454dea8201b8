import type { SymbolInfo } from '../expr/expr.ts';

/** Symbols of the formulas of memory. */
export const MEMORY_SYMBOLS = {
  weightBytes: { tex: 'w', unit: 'B/parameter', meaning: 'bytes of weights a parameter' },
  gradientBytes: { tex: 'g', unit: 'B/parameter', meaning: 'bytes of gradients a parameter' },
  optimizerBytes: {
    tex: 'o',
    unit: 'B/parameter',
    meaning: 'bytes of master weights and moments a parameter',
  },
  stageParameters: {
    tex: 'P',
    unit: 'parameter',
    meaning: 'parameters of the stage on one GPU, after tensor parallelism',
  },
  expertParameters: {
    tex: 'P_e',
    unit: 'parameter',
    meaning: 'parameters of routed experts on that GPU',
  },
  shards: { tex: 'd', unit: '1', meaning: 'replicas: ranks of data and context parallelism' },
  expertShards: { tex: 'd_e', unit: '1', meaning: 'replicas of the same experts' },
  largestLayer: { tex: 'N_l', unit: 'parameter', meaning: 'parameters of the largest layer' },
  wholeBytes: {
    tex: 'b_w',
    unit: 'B/parameter',
    meaning: 'bytes a parameter that every replica holds',
  },
  sharedBytes: { tex: 'b_s', unit: 'B/parameter', meaning: 'bytes a parameter that replicas share out' },
  trainedBytes: { tex: 'b_t', unit: 'B/parameter', meaning: 'bytes for each parameter that is trained' },
  trainedShare: { tex: 'x', unit: '1', meaning: 'parameters that are trained, as a share of all' },
  microBatch: { tex: 'b', unit: '1', meaning: 'sequences in a micro-batch' },
  tensorParallel: { tex: 't', unit: '1', meaning: 'tensor-parallel ranks' },
  stages: { tex: 'p', unit: '1', meaning: 'pipeline stages' },
  stageIndex: { tex: 'i', unit: '1', meaning: 'number of the stage, from 0' },
  chunks: { tex: 'v', unit: '1', meaning: 'chunks of layers on a stage' },
  bytesPerLogit: { tex: 'c', unit: 'B', meaning: 'bytes of all copies of a logit at the loss' },
  stateBytes: { tex: 'M_s', unit: 'B', meaning: 'weights, gradients and optimizer on one GPU' },
  activationBytes: { tex: 'A', unit: 'B', meaning: 'activations of all micro-batches in flight' },
  passingBytes: {
    tex: 'M_p',
    unit: 'B',
    meaning: 'the logits, or one layer’s backward pass: the larger',
  },
  bufferBytes: { tex: 'M_b', unit: 'B', meaning: 'buffers of data parallelism' },
  outsideBytes: { tex: 'M_o', unit: 'B', meaning: 'CUDA context and NCCL, outside of the allocator' },
} as const satisfies Record<string, SymbolInfo>;
