import type { Published } from '../shared.ts';

/** What this chapter's arithmetic takes from a source and the catalogue does not hold. */
export const published = {
  /** Bus bandwidth of an all-reduce over several nodes, bytes/s; and with reduction in the switches. */
  reduceA100: { value: 192e9, source: 'nvidia-gtc24-nccl', where: 'slide, DGX A100' },
  reduceH100: { value: 380e9, source: 'nvidia-gtc24-nccl', where: 'slide, DGX H100' },
  sharpH100: { value: 480e9, source: 'nvidia-gtc24-nccl', where: 'slide, DGX H100 with SHARP' },
  /** An all-to-all of 32 GPUs, bytes/s for each. */
  allToAllA100: { value: 24e9, source: 'nvidia-gtc25-nccl', where: 'slide, DGX A100' },
  /** A step of NVIDIA's run: 75,000 of them in 24 days. */
  nemoStep: { value: (24 * 86_400) / 75_000, source: 'nvidia-nemo-launcher-2023', where: 'section 5.2.1' },
  /** Latency of a switch, seconds. */
  switchLatency: { value: 130e-9, source: 'mellanox-qm8700', where: 'product brief' },
  /** GPUs in the last row of NVIDIA's table for B300 on XDR, and its nodes and cables. */
  misprint: { value: 9_216, source: 'nvidia-superpod-b300-xdr', where: 'Table 3' },
} as const satisfies Record<string, Published>;
