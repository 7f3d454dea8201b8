import type { Published } from '../shared.ts';

/** What this chapter's arithmetic takes from a source and the catalogue does not hold. */
export const published = {
  /** Bytes/s in one direction. */
  h800Book: { value: 300e9, source: 'austin2025', where: 'GPUs, data parallelism' },
  h100BookPeak: { value: 990e12, source: 'austin2025', where: 'GPUs, data parallelism' },
  h800Achieved: { value: 160e9, source: 'deepep-16', where: 'comment of 26 February 2025' },
  /** Bus bandwidth of an all-reduce over the eight GPUs, bytes/s. */
  v100Bus: { value: 122e9, source: 'nvidia-gtc24-nccl', where: 'bus bandwidth by system' },
  /** Ports of the first four NVSwitch chips. */
  ports1: { value: 18, source: 'wikichip-nvswitch', where: 'first NVSwitch' },
} as const satisfies Record<string, Published>;

/** What no source gives and the chapter says that it assumes. */
export const assumed = {
  /** Share of the line rate in the exercise on tensor parallelism. */
  wireShare: 0.8,
  /** Tensor-parallel ranks, and pipeline stages, of the example. */
  tensorParallel: 8,
  stages: 16,
  /** Bytes per parameter of model state: weights, gradients, optimizer. */
  stateBytes: 18,
} as const;
