import type { Published } from '../shared.ts';

/** Everything this chapter's arithmetic takes from a source and the catalogue does not hold. */
export const published = {
  /** GPT-3's learning rate: about what Adam moves a weight by in a step. */
  learningRate: { value: 0.6e-4, source: 'brown2020', where: 'Table 2.1, GPT-3 175B' },
  /** Standard deviation of freshly drawn weights. */
  weight: { value: 0.02, source: 'shoeybi2019', where: 'section 4.2' },
  /** Of all activation gradients of the SSD detector: zero in FP32, and not zero in FP16. */
  ssdZero: { value: 0.668, source: 'nvidia-mixed-precision-guide', where: 'figure 1' },
  ssdKept: { value: 0.053, source: 'nvidia-mixed-precision-guide', where: 'text below figure 2' },
  ssdBecameZero: { value: 0.31, source: 'nvidia-mixed-precision-guide', where: 'text below figure 2' },
  /** End-to-end speedup of FP8 over BF16 on H100. */
  fp8Low: { value: 1.3, source: 'transformer-engine-131', where: 'comment of 4 April 2023' },
  fp8High: { value: 1.4, source: 'transformer-engine-131', where: 'comment of 4 April 2023' },
  /** Exponents of the attention weights' ceiling in the kernel of the bug. */
  offset: { value: 8, source: 'flash-attention-2717', where: 'description' },
  threshold: { value: 4, source: 'flash-attention-2717', where: 'description' },
} as const satisfies Record<string, Published>;
