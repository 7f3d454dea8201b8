import type { SymbolInfo } from '../expr/expr.ts';

/** Every symbol of the displayed formulas, under the name that the fields and functions use. */
export const SYMBOLS = {
  parameters: { tex: 'N', unit: 'parameter', meaning: 'parameters that each token passes through' },
  tokens: { tex: 'D', unit: 'token', meaning: 'tokens trained on' },
  flopsPerToken: {
    tex: 'F_1',
    unit: 'FLOP/token',
    meaning: 'model FLOPs of one token, forward and backward',
  },
  hardwareFlopsPerToken: {
    tex: 'H_1',
    unit: 'FLOP/token',
    meaning: 'FLOPs executed for one token, recomputation included',
  },
  gpus: { tex: 'n', unit: 'GPU', meaning: 'GPUs of the job' },
  peak: { tex: 'P', unit: 'FLOP/s/GPU', meaning: 'dense peak of one GPU in the format used' },
  efficiency: { tex: 'e', unit: '1', meaning: 'model FLOP utilisation while the job runs' },
  goodput: { tex: 'g', unit: '1', meaning: 'share of the calendar in which the job makes progress' },
  time: { tex: 'T', unit: 's', meaning: 'time to train' },
  tokensPerSecond: { tex: 'R', unit: 'token/s', meaning: 'tokens that all GPUs together take in a second' },
  layers: { tex: 'L', unit: '1', meaning: 'layers' },
  hidden: { tex: 'h', unit: '1', meaning: 'hidden width' },
  heads: { tex: 'a', unit: '1', meaning: 'attention heads' },
  kvHeads: { tex: 'k', unit: '1', meaning: 'heads of keys and values' },
  headDim: { tex: 'd', unit: '1', meaning: 'width of a head' },
  ffn: { tex: 'f', unit: '1', meaning: 'inner width of the MLP' },
  mlpMatrices: { tex: 'm', unit: '1', meaning: 'matrices of an MLP: 2, or 3 when it is gated' },
  sequence: { tex: 's', unit: '1', meaning: 'tokens in a sequence' },
  vocab: { tex: 'V', unit: '1', meaning: 'rows of the vocabulary' },
  denseLayers: { tex: 'L_d', unit: '1', meaning: 'layers with a dense MLP' },
  moeLayers: { tex: 'L_e', unit: '1', meaning: 'layers with experts' },
  experts: { tex: 'E', unit: '1', meaning: 'routed experts in a layer' },
  topK: { tex: 'K', unit: '1', meaning: 'routed experts that a token visits' },
  expertFfn: { tex: 'f_e', unit: '1', meaning: 'inner width of an expert' },
  sharedExperts: { tex: 'n_s', unit: '1', meaning: 'experts that every token visits' },
  sharedFfn: { tex: 'f_s', unit: '1', meaning: 'inner width of a shared expert' },
  bytesPerParameter: {
    tex: 'b',
    unit: 'B/parameter',
    meaning: 'bytes of weights, gradients and optimizer per parameter',
  },
  blockScale: { tex: 'X', unit: '1', meaning: 'scale of the block; 1 outside of block formats' },
  binade: { tex: '2^{e}', unit: '1', meaning: 'power of two that the exponent field stands for' },
  leadingBit: {
    tex: 'l',
    unit: '1',
    meaning: 'the bit that is not stored: 1, or 0 for subnormal numbers and zero',
  },
  fraction: { tex: 'M', unit: '1', meaning: 'the fraction field as a whole number' },
  fractionSteps: { tex: '2^{m}', unit: '1', meaning: 'steps between two powers of two, for m fraction bits' },
  elementBits: { tex: 'b_e', unit: 'bit/value', meaning: 'bits of one element' },
  scaleBits: { tex: 'b_s', unit: 'bit', meaning: 'bits of the block’s scale' },
  blockSize: { tex: 'k', unit: 'value', meaning: 'values in a block' },
  smallestNumber: { tex: 'x_{\\min}', unit: '1', meaning: 'smallest number above zero of the format' },
  lossScale: { tex: 'S', unit: '1', meaning: 'what the loss is multiplied by' },
  cardPeak: { tex: 'P', unit: 'FLOP/s', meaning: 'dense peak of the GPU in the format used' },
  bandwidth: { tex: 'B', unit: 'B/s', meaning: 'memory bandwidth of the GPU' },
  work: { tex: 'W', unit: 'FLOP', meaning: 'FLOP of the kernel' },
  traffic: { tex: 'Q', unit: 'B', meaning: 'bytes that the kernel moves from and to memory' },
  intensity: { tex: 'I', unit: 'FLOP/B', meaning: 'arithmetic intensity of the kernel' },
  smGrowth: { tex: 'x_n', unit: '1', meaning: 'growth of the number of SMs' },
  clockGrowth: { tex: 'x_f', unit: '1', meaning: 'growth of the clock' },
  instructionGrowth: {
    tex: 'x_i',
    unit: '1',
    meaning: 'growth of what an SM does in a clock, at equal width of the operands',
  },
  formatGrowth: { tex: 'x_b', unit: '1', meaning: 'width of an element then over its width now' },
  sparsityGrowth: { tex: 'x_s', unit: '1', meaning: '2:4 sparsity, where it is counted' },
  storedParameters: { tex: 'N', unit: 'parameter', meaning: 'parameters held, idle experts included' },
  stepSeconds: { tex: 't', unit: 's', meaning: 'one training step on this network' },
  idealStepSeconds: {
    tex: 't_\\infty',
    unit: 's',
    meaning: 'the same step on a network of unlimited bandwidth',
  },
  idealEfficiency: { tex: 'e_\\infty', unit: '1', meaning: 'MFU on that network' },
  fabricPorts: { tex: 'p', unit: '1', meaning: 'ports of all nodes together' },
  portBandwidth: { tex: 'b', unit: 'B/s', meaning: 'one port, one direction' },
  bisectionShare: {
    tex: 'u',
    unit: '1',
    meaning: 'uplinks of the leaves for each port of a node, at most 1',
  },
} as const satisfies Record<string, SymbolInfo>;

export type SymbolName = keyof typeof SYMBOLS;

/** The symbols of one formula, by name. */
export const symbols = <S extends SymbolName>(...names: S[]): Pick<typeof SYMBOLS, S> =>
  Object.fromEntries(names.map((name) => [name, SYMBOLS[name]])) as Pick<typeof SYMBOLS, S>;
