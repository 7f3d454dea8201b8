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
  messageBytes: { tex: 'S', unit: 'B', meaning: 'bytes of the message, as nccl-tests count them' },
  ranks: { tex: 'p', unit: '1', meaning: 'GPUs that take part' },
  wireBandwidth: { tex: 'W', unit: 'B/s', meaning: 'line rate of one GPU in one direction' },
  latency: { tex: '\\alpha', unit: 's', meaning: 'launch and steps: what no byte count changes' },
  transfer: { tex: 'x', unit: 's', meaning: 'time of the bytes on the busiest wire' },
  segment: { tex: 'a', unit: 's', meaning: 'fixed cost of one segment of the message' },
  storedParameters: { tex: 'N', unit: 'parameter', meaning: 'parameters held, idle experts included' },
} as const satisfies Record<string, SymbolInfo>;

export type SymbolName = keyof typeof SYMBOLS;

/** The symbols of one formula, by name. */
export const symbols = <S extends SymbolName>(...names: S[]): Pick<typeof SYMBOLS, S> =>
  Object.fromEntries(names.map((name) => [name, SYMBOLS[name]])) as Pick<typeof SYMBOLS, S>;
