import type { Published } from '../shared.ts';

/** What this chapter's arithmetic takes from a source and the catalogue does not hold. */
export const published = {
  /** GPT-3 175B on 512 H100: model FLOP/s a GPU, and tokens/s a GPU. */
  nemoRate: {
    value: 842e12,
    source: 'nvidia-nemo-performance-2024',
    where: 'pre-training table, second row of GPT3-175B',
  },
  nemoTokens: {
    value: 782,
    source: 'nvidia-nemo-performance-2024',
    where: 'pre-training table, second row of GPT3-175B',
  },
  /** DeepSeek-V3 on 512 H100: FLOP/s a GPU; seconds, sequences and tokens a sequence of a step. */
  deepseekRate: {
    value: 174.02e12,
    source: 'nvidia-dgxc-benchmarking',
    where: 'v25.05.05, deepseek_v3/pretraining/README.md, BF16 H100',
  },
  deepseekStep: { value: 48.948, source: 'nvidia-dgxc-benchmarking', where: 'the same row' },
  deepseekBatch: { value: 4096, source: 'nvidia-dgxc-benchmarking', where: 'the same row' },
  deepseekGpus: { value: 512, source: 'nvidia-dgxc-benchmarking', where: 'the same row' },
  deepseekActive: { value: 37e9, source: 'deepseekv3-2024', where: 'abstract' },
  /** Gopher's FLOP, for which Chinchilla was planned. */
  gopherFlops: { value: 5.76e23, source: 'hoffmann2022', where: 'table 3' },
  /** The last row of table A3, approach 3: ten trillion parameters, and its FLOP. */
  largestSize: { value: 10e12, source: 'hoffmann2022', where: 'table A3, approach 3, 10 trillion' },
  largestFlops: { value: 8.55e28, source: 'hoffmann2022', where: 'table A3, approach 3, 10 trillion' },
  /** Tokens of the row of 175 billion parameters in table A3, approach 3. */
  misprintTokens: { value: 12e12, source: 'hoffmann2022', where: 'table A3, approach 3, 175 billion' },
} as const satisfies Record<string, Published>;
