import { FLOP_PER_PARAMETER_TOKEN } from './flops/six-nd.ts';
import type { Flop, FlopPerSecond, Seconds } from './units.ts';

/** The machine's side of the quotient. */
export interface Delivery {
  /** Dense peak of one GPU in the format used, FLOP/s. */
  readonly peak: FlopPerSecond;
  readonly gpus: number;
  /** Share of the peak that turns into counted FLOPs, 0 to 1: an MFU for model FLOPs, an HFU for hardware FLOPs. */
  readonly efficiency: number;
  /** Share of the wall-clock time that makes progress, 0 to 1; 1 unless said. */
  readonly goodput?: number;
}

/**
 * Counted FLOPs that a cluster delivers in a second of wall-clock time.
 * @returns FLOP/s
 */
export const deliveredRate = ({ peak, gpus, efficiency, goodput = 1 }: Delivery): FlopPerSecond =>
  peak * gpus * efficiency * goodput;

/**
 * Time to train: FLOPs the model needs over FLOP/s the machine delivers.
 * @param question `flops` by any one convention, with the efficiency of the same convention
 * @returns seconds of wall-clock time
 * @source Narayanan 2021, equation 4, with the efficiency taken apart
 */
export const timeToTrain = ({ flops, ...delivery }: Delivery & { readonly flops: Flop }): Seconds =>
  flops / deliveredRate(delivery);

/** What is known when something other than the time is asked for. */
type Known<Unknown extends string> = Omit<
  Delivery & { readonly flops: Flop; readonly time: Seconds },
  Unknown
>;

/**
 * GPUs needed to be done in `time`; a fraction, round up.
 * @returns GPUs
 */
export const gpusForTime = ({ flops, time, peak, efficiency, goodput = 1 }: Known<'gpus'>): number =>
  flops / (time * peak * efficiency * goodput);

/**
 * Efficiency that a measured or wanted `time` implies; above 1 when no machine could do it.
 * @returns a share of the peak
 */
export const efficiencyForTime = ({ flops, time, peak, gpus, goodput = 1 }: Known<'efficiency'>): number =>
  flops / (time * peak * gpus * goodput);

/**
 * FLOPs that fit into `time`.
 * @returns FLOP, of the convention of the efficiency given
 */
export const flopsForTime = ({ time, ...delivery }: Known<'flops'>): Flop => time * deliveredRate(delivery);

/** Tokens that `flops` pay for at `flopsPerToken`. */
export const tokensForFlops = (flops: Flop, flopsPerToken: Flop): number => flops / flopsPerToken;

/** Parameters N that `flops` can train on `tokens` tokens, by 6ND. */
export const parametersForFlops = (flops: Flop, tokens: number): number =>
  flops / (FLOP_PER_PARAMETER_TOKEN * tokens);
