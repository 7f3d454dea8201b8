import type { Format, Gpu, Model, SourceRef } from '../types.ts';
import type { Bytes, Flop, FlopPerSecond, Seconds } from '../units.ts';

/** One run as it was: what was trained, on what, and how fast it went. Conventions change how it is told, not this. */
export interface ConventionRun {
  /** The N of 6ND as the paper prints it: the active parameters of a mixture of experts. */
  readonly parameters: number;
  /** All parameters as the paper prints them, where idle experts make them more than `parameters`. */
  readonly storedParameters?: number | null;
  /** The shape; null leaves out every reading that needs it. */
  readonly shape?: Model | null;
  readonly sequence?: number | null;
  readonly gpu: Gpu;
  readonly gpus: number;
  /** The format the matrix multiplications ran in. */
  readonly format: Format;
  /** Tokens that all GPUs together took in a second. */
  readonly tokensPerSecond: number;
  /** Tokens of the whole run. */
  readonly tokens: number;
  /** Share of wall-clock time that made progress, 0 to 1. */
  readonly goodput: number;
}

export type ToggleId =
  'flops' | 'sparsity' | 'peak-format' | 'parameters' | 'state-bytes' | 'byte-unit' | 'goodput';

export interface ToggleOption {
  readonly id: string;
  readonly label: string;
  /** One sentence: what it counts, and who counts so. */
  readonly what: string;
  readonly source: SourceRef;
}

/** One thing that people count differently. */
export interface Toggle {
  readonly id: ToggleId;
  readonly label: string;
  /** Id of the option that the reference reading takes. */
  readonly reference: string;
  /** Two or more; options that the run cannot be read by are not offered. */
  readonly options: readonly ToggleOption[];
}

/** An option for each toggle that is not at its reference. */
export type ConventionChoice = Readonly<Partial<Record<ToggleId, string>>>;

/** The run as told under one choice of conventions. */
export interface Reading {
  /** The two sides of the utilisation under the choice: work of one token, and peak of one GPU. */
  readonly flopsPerToken: Flop;
  readonly peak: FlopPerSecond;
  /** What is called MFU. Under `8nd` it is an HFU in truth: that is the point. May exceed 1 against a wrong peak. */
  readonly mfu: number;
  /** Weights, gradients and optimizer of the whole model. */
  readonly memory: { readonly bytes: Bytes; readonly unit: 'GB' | 'GiB'; readonly number: number };
  /**
   * Wall-clock time that someone plans who takes the run's utilisation (in the reference convention) as given and
   * counts FLOPs, peak and goodput by this choice. In the reference convention: what the run takes.
   */
  readonly seconds: Seconds;
}

/** The three numbers a switchboard shows; memory as the number printed before its unit. */
export type ReadingOutput = 'mfu' | 'memory' | 'seconds';
