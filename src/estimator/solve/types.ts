import type { Issue } from '../issues.ts';
import type { Model } from '../types.ts';
import type { Flop, Joules, Seconds } from '../units.ts';

/** The quantity a training question asks for. */
export type TrainingUnknown = 'time' | 'gpus' | 'efficiency' | 'tokens' | 'parameters';

/** Which count of model FLOPs an answer is made with. */
export type TrainingCount = '6nd' | 'exact' | 'exact-causal';

/**
 * "How long, how many, how efficient, how much": all but one of five quantities, and how to count.
 * The field named by `unknown` is ignored, so a form can pass all it holds.
 */
export interface TrainingQuestion {
  readonly unknown: TrainingUnknown;
  /** N of 6ND: all parameters of a dense model, the active ones of a mixture of experts. */
  readonly parameters?: number | null;
  /** The shape, for the fuller count; null when N was typed by hand. */
  readonly shape?: Model | null;
  readonly tokens?: number | null;
  /** Tokens that attend to each other; the shape's own context unless said. */
  readonly sequence?: number | null;
  /** Dense peak of one GPU in the format used, FLOP/s. */
  readonly peak: number;
  readonly gpus?: number | null;
  /** MFU while the job runs, 0 to 1, in the convention of `count`. */
  readonly efficiency?: number | null;
  /** Share of wall-clock time that makes progress, 0 to 1; 1 unless said. */
  readonly goodput?: number | null;
  /** Wall-clock seconds. */
  readonly time?: number | null;
  /** Board power of one GPU, watts, for the energy. */
  readonly power?: number | null;
  /** The count that the unknown is solved with; 6ND unless said. */
  readonly count?: TrainingCount;
  /** Whether the unknown is solved with the goodput or as if nothing ever failed. */
  readonly withGoodput?: boolean;
  /** How the fuller count takes attention when `count` is 6ND; in full unless said. */
  readonly attention?: 'full' | 'causal';
}

/** A fuller count of the run's model FLOPs, and where it differs from 6ND. */
export interface FullerCount {
  readonly convention: 'exact' | 'exact-causal';
  readonly flopsPerToken: Flop;
  readonly flops: Flop;
  /** `flops` minus 6ND, by part, for the whole run. They sum to the difference; `weights` is negative if N counts tables. */
  readonly extra: {
    /** Query times key and weights times value: 6ND has none of it. */
    readonly attentionScores: Flop;
    /** The output matrix. */
    readonly logits: Flop;
    /** The other matrices, exactly, minus 6ND itself. */
    readonly weights: Flop;
  };
}

export interface TrainingAnswer {
  readonly unknown: TrainingUnknown;
  /** The unknown in its base unit, unrounded. */
  readonly value: number;
  /** GPUs rounded up, when they are the unknown. */
  readonly wholeGpus: number | null;
  readonly parameters: number;
  readonly tokens: number;
  readonly gpus: number;
  readonly efficiency: number;
  readonly goodput: number;
  /** Wall-clock time of the convention solved in: `count`, with or without goodput. */
  readonly time: Seconds;
  /** The count that was used; 6ND where the one asked for needs a shape that is not known. */
  readonly count: TrainingCount;
  readonly withGoodput: boolean;
  /** Model FLOPs by 6ND. */
  readonly flops: Flop;
  /** Null when no shape is known: then only 6ND can be counted. */
  readonly fuller: FullerCount | null;
  /** The same question read in three ways, at the answer's own efficiency. */
  readonly seconds: {
    readonly sixNd: Seconds;
    readonly fuller: Seconds | null;
    /** The fullest count there is, over the goodput. */
    readonly withGoodput: Seconds;
  };
  /** `gpus` times `time`. */
  readonly gpuSeconds: number;
  /** What the boards draw at their limit during `time`; no hosts, no network, no cooling. Null without `power`. */
  readonly energy: Joules | null;
  /** What the answer leaves out or assumes, at its field. */
  readonly notes: readonly Issue[];
}
