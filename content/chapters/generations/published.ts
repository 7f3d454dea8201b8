import type { Published } from '../shared.ts';

/** What this chapter's arithmetic takes from a source and the catalogue does not hold. */
export const published = {
  /** NVIDIA's factors of its 1,000x. */
  format: { value: 16, source: 'dally2023', where: 'text: “a sixteen-fold gain”' },
  instructions: { value: 12.5, source: 'dally2023', where: 'text: “a 12.5x leap”' },
  process: { value: 2.5, source: 'dally2023', where: 'text: process' },
  sparsity: { value: 2, source: 'dally2023', where: 'text: structured sparsity' },
  /** FMA of one Tensor Core in a clock, and Tensor Cores of an SM: Volta, Ampere. */
  voltaFma: { value: 64, source: 'cornell-v100-tensor-cores', where: 'text' },
  voltaCores: { value: 8, source: 'cornell-v100-tensor-cores', where: 'text' },
  ampereFma: { value: 256, source: 'nvidia-forum-244727', where: 'answer of 3 March 2023' },
  ampereCores: { value: 4, source: 'nvidia-forum-244727', where: 'answer of 3 March 2023' },
  hopperFlopPerSm: { value: 4096, source: 'nvidia-forum-244727', where: 'answer of 3 March 2023' },
  /** Bandwidth of B200 as rounded on the page of DGX B200. */
  b200Bandwidth: { value: 8e12, source: 'nvidia-dgx-b200-guide', where: '64 TB/s of eight GPUs' },
} as const satisfies Record<string, Published>;
