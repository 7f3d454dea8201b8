import type { CollectiveOp, Format } from '#estimator';

/** What one cell field holds, flat: the shape of the reader's patch and of the URL. SI base units. */
export interface Values {
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
