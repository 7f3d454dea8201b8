import type { Flop, FlopPerSecond } from './units.ts';

/** What a log and a datasheet say about a run. */
interface Throughput {
  /** Tokens that all GPUs together take in a second. */
  readonly tokensPerSecond: number;
  /** Dense peak of one GPU in the format used, FLOP/s. */
  readonly peak: FlopPerSecond;
  readonly gpus: number;
}

/**
 * Model FLOPs utilisation: the share of the peak spent on work that the mathematics needs.
 * @param measured `modelFlopsPerToken` from {@link modelFlops}, {@link megatronFlops} or 6N: nothing recomputed
 * @returns a share of the peak; say by which count
 * @source Chowdhery 2022, section 4.1 and appendix B
 */
export const mfu = (measured: Throughput & { readonly modelFlopsPerToken: Flop }): number =>
  (measured.modelFlopsPerToken * measured.tokensPerSecond) / (measured.peak * measured.gpus);

/**
 * Hardware FLOPs utilisation: the share of the peak spent on work of any kind, recomputation included.
 * @param measured `hardwareFlopsPerToken` from {@link hardwareFlops} or 8N
 * @returns a share of the peak; never to be compared with an MFU
 * @source Chowdhery 2022, section 4.1; Korthikanti 2022, section 6.3
 */
export const hfu = (measured: Throughput & { readonly hardwareFlopsPerToken: Flop }): number =>
  (measured.hardwareFlopsPerToken * measured.tokensPerSecond) / (measured.peak * measured.gpus);

/**
 * Tokens per second that an efficiency means: the inverse of {@link mfu}.
 * @returns tokens/s of all GPUs together
 */
export const tokensPerSecondAt = (
  efficiency: number,
  run: { readonly peak: FlopPerSecond; readonly gpus: number; readonly flopsPerToken: Flop },
): number => (efficiency * run.peak * run.gpus) / run.flopsPerToken;
