import type {
  BlockFormatId,
  CollectiveOp,
  FloatFormatId,
  Format,
  Overflow,
  RooflineKernel,
} from '#estimator';
import type { CountingValues } from './counting-fields.ts';
import type { InfinibandValues } from './infiniband-fields.ts';
import type { LedgerValues } from './ledger-fields.ts';
import type { MemoryValues } from './memory-fields.ts';
import type { ZeroValues } from './zero-fields.ts';

/** What one cell field holds, flat: the shape of the reader's patch and of the URL. SI base units. */
export interface Values extends InfinibandValues, CountingValues, MemoryValues, LedgerValues, ZeroValues {
  /** Catalogue id, or `custom` when `shape` holds a pasted configuration. */
  model: string;
  /** A pasted shape in the compact form of shape.ts; empty when the model is catalogued. */
  shape: string;
  /** The N of 6ND: parameters that each token passes through. */
  parameters: number;
  tokens: number;
  /** Training context, tokens. */
  sequence: number;
  gpu: string;
  precision: Format;
  gpus: number;
  /** Model FLOP utilisation while the job runs, 0 to 1. */
  efficiency: number;
  /** Share of the calendar in which the job makes progress, 0 to 1. */
  goodput: number;
  /** Calendar seconds, used when something else is the unknown. */
  time: number;
  unknown: Unknown;
  /** Whether attention between tokens is counted in full or halved by the causal mask. */
  attention: 'full' | 'causal';
  /** Lines pasted from a log; only what is read from them is kept, in the fields below. Always empty. */
  log: '';
  /** Which of two measurements the reader took from a log. */
  measured: 'step' | 'throughput';
  /** Seconds for one optimizer step, and the sequences it consumes. */
  stepTime: number;
  /** Tokens per second and GPU. */
  throughput: number;
  globalBatch: number;
  recompute: 'none' | 'selective' | 'full';
  /** How a run is told: one option for each toggle of the estimator's conventions. `own` is the run's own format. */
  countFlops: string;
  countPeak: string;
  countFormat: string;
  countParameters: string;
  countBytes: string;
  countUnit: string;
  countLost: string;
  /** Which of the told numbers a chart shows. */
  told: 'mfu' | 'seconds' | 'memory';
  /** Where the reader's run sits on a chart of years. */
  year: number;
  /** What a chart of published runs has along its foot, and which of them it shows. */
  along: 'year' | 'parameters' | 'gpus';
  only: string;
  /** A number to look at in every format, the format looked at closely, and what too large a one becomes in FP8. */
  labValue: number;
  labFormat: FloatFormatId | BlockFormatId;
  labOverflow: Overflow;
  /** The largest value of its block and of its tensor, which set the scales of block formats. */
  labPeak: number;
  labTensor: number;
  /** Sizes of gradients: their median, and the standard deviation of their logarithm in doublings. */
  gradMedian: number;
  gradSpread: number;
  gradFormat: FloatFormatId;
  /** What the loss is multiplied by before the backward pass. */
  lossScale: number;
  /** Chapter on generations: two cards side by side, what is charted over the years, and whether it is per watt. */
  cardA: string;
  cardB: string;
  charted: string;
  chartedPer: 'gpu' | 'watt';
  /** Two cards whose peaks are compared, in a format each or in their fastest, and whether 2:4 sparsity counts. */
  growFrom: string;
  growFromFormat: Format | 'fastest';
  growTo: string;
  growToFormat: Format | 'fastest';
  growSparse: 'counted' | 'ignored';
  /** A kernel under the roofline: its kind, its tokens, its widths, and which roofs are drawn beside. */
  kernel: RooflineKernel['kind'];
  kernelM: number;
  kernelN: number;
  kernelK: number;
  overlay: 'none' | 'card' | 'generations';
  /** Inside a node: the server or rack, two of its GPUs by number, a collective, its bytes, its ranks and where they lie. */
  vNode: string;
  vFrom: string;
  vTo: string;
  vOp: CollectiveOp;
  vBytes: number;
  vRanks: number;
  vPlace: 'packed' | 'spread';
}

/** The quantity a training-time question solves for. */
export type Unknown = 'time' | 'gpus' | 'efficiency' | 'tokens' | 'parameters';

export type FieldKey = keyof Values;
/** Only what the reader changed. */
export type Patch = Partial<Values>;
/** Changes to several values at once; `undefined` takes a change back, so that the value follows from the others again. */
export type Changes = { readonly [K in FieldKey]?: Values[K] | undefined };
