import type { AttentionKernel } from '../training/types.ts';
import type { Gpu } from '../types.ts';
import type { Seconds } from '../units.ts';

/** Exponentials that the special-function units of one SM make in a clock. @source Shah 2024, section 3.1.1 */
export const EXPONENTIALS_PER_CLOCK = 16;
/** Blackwell Ultra doubled them, and Rubin has as many. @source NVIDIA, Inside Blackwell Ultra (2025); Inside Rubin (2026), table 2 */
const EXPONENTIALS_DOUBLED = 32;
const DOUBLED: readonly string[] = ['Blackwell Ultra', 'Rubin'];

/** Queries in a tile: on the causal diagonal whole tiles are computed. */
const TILE = 128;

/** The backward kernel keeps more in registers and shared memory: its matrix products run at this share of the forward's. */
export const BACKWARD_SHARE = 0.8;

type Flash = Extract<AttentionKernel, `flash-${string}`>;

/**
 * Share of the dense 16-bit peak at which a kernel's matrix products run, exponentials apart. FlashAttention 1 splits
 * work badly between warps, 2 does not use Hopper's asynchronous instructions, 3 and cuDNN do. Fitted.
 * @source Dao 2022; Dao 2023, section 3; Shah 2024
 */
export const FLASH_SHARES: Readonly<Record<string, Readonly<Record<Flash, number>>>> = {
  Ampere: { 'flash-1': 0.355, 'flash-2': 0.424, 'flash-3': 0.424 },
  Hopper: { 'flash-1': 0.197, 'flash-2': 0.211, 'flash-3': 0.544 },
  Blackwell: { 'flash-1': 0.2, 'flash-2': 0.3, 'flash-3': 0.716 },
};

function sharesOf(architecture: string): Readonly<Record<Flash, number>> {
  if (architecture.startsWith('Blackwell') || architecture.startsWith('Rubin'))
    return FLASH_SHARES.Blackwell!;
  return FLASH_SHARES[architecture] ?? FLASH_SHARES.Ampere!;
}

/**
 * Time of fused attention: matrix products on the Tensor Cores and exponentials on the special-function units.
 *
 * The forward pass has two products of a head's width, the backward pass five, with the scores computed again.
 * @param scores pairs of query and key that count, all heads and sequences
 * @param keys keys that a query meets on average; short rows waste more of their last tile
 * @returns seconds of one pass
 * @source Dao 2022, algorithms 1 and 4; Shah 2024, section 3.1 (exponentials)
 */
export function fusedAttentionSeconds(
  gpu: Gpu,
  kernel: Flash,
  pass: 'forward' | 'backward',
  scores: number,
  queryWidth: number,
  valueWidth: number,
  keys: number,
): Seconds {
  const { architecture, sms, clock, peak } = gpu;
  const rate = (peak.bf16 ?? peak.fp16 ?? peak.fp32 ?? 0) * sharesOf(architecture)[kernel];
  const computed = scores * (1 + TILE / 2 / keys);
  const forward = pass === 'forward';
  const widths = forward ? queryWidth + valueWidth : 3 * queryWidth + 2 * valueWidth;
  const products = (2 * computed * widths) / (rate * (forward ? 1 : BACKWARD_SHARE));
  const exponentials = DOUBLED.includes(architecture) ? EXPONENTIALS_DOUBLED : EXPONENTIALS_PER_CLOCK;
  return products + computed / (exponentials * sms * clock);
}
