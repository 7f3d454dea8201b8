import { checkNumbers, type NumberRule } from '../check-number.ts';
import { failed, ok, type Outcome } from '../issues.ts';
import { fusedAttentionSeconds } from '../kernels/attention.ts';
import { gemmTime, type GemmTime } from '../kernels/gemm-time.ts';
import { separateAttentionSeconds } from '../kernels/separate-attention.ts';
import { peakRate } from '../peak.ts';
import { STEP } from '../step/constants.ts';
import type { Format, Gpu } from '../types.ts';
import type { Bytes, Flop, FlopPerSecond, Seconds } from '../units.ts';
import { HEAD_WIDTH, kernelWork, type RooflineKernel } from './kernel.ts';

export interface RooflinePoint {
  readonly flops: Flop;
  readonly bytes: Bytes;
  /** FLOP for each byte. */
  readonly intensity: number;
  /** Intensity at which this GPU's roof turns flat, FLOP/byte. */
  readonly ridge: number;
  /** The roof over this intensity. */
  readonly attainable: FlopPerSecond;
  /** Which of the two roofs it is. */
  readonly side: 'memory' | 'compute';
  /** Time under the roof, and as the estimator's kernels have it. */
  readonly leastSeconds: Seconds;
  readonly seconds: Seconds;
  /** FLOP over `seconds`. */
  readonly rate: FlopPerSecond;
  /** Tiles, waves and what bounds a GEMM; null for other kernels. */
  readonly gemm: GemmTime | null;
}

const COUNT: NumberRule = { min: 1, max: 1e9, integer: true };

/** FlashAttention's version that is written for the architecture; Pascal to Turing follow Ampere. */
const flashOf = ({ architecture }: Gpu): 'flash-2' | 'flash-3' =>
  /^(Hopper|Blackwell|Rubin)/.test(architecture) ? 'flash-3' : 'flash-2';

function modelled(kernel: RooflineKernel, gpu: Gpu, bytes: Bytes): Seconds {
  const { m, n } = kernel;
  const heads = n / HEAD_WIDTH;
  const streamed = bytes / (gpu.memoryBandwidth * STEP.streamingShare);
  switch (kernel.kind) {
    case 'attention': {
      const scores = (heads * m * m) / 2;
      const flash = flashOf(gpu);
      const computed = fusedAttentionSeconds(gpu, flash, 'forward', scores, HEAD_WIDTH, HEAD_WIDTH, m / 2);
      return Math.max(computed, streamed) + STEP.kernelGap;
    }
    case 'separate-attention':
      return (
        separateAttentionSeconds(gpu, 'fused-softmax', 'forward', heads * m, m, HEAD_WIDTH, HEAD_WIDTH) +
        3 * STEP.kernelGap
      );
    case 'gemm':
    case 'residual':
      return streamed + STEP.kernelGap;
  }
}

/**
 * Where a kernel lands under a GPU's roofline: the bound by Williams' model, and the time that the estimator's kernels
 * predict with tiles, waves, launch and achievable shares.
 *
 * A GEMM runs in `format`; attention and sums run in 16 bits whatever it is, and theirs is the peak beside them.
 * @returns or Issues at `m`, `n`, `k` or `precision`
 * @source Williams 2009; the kernels name their own
 */
export function roofline(kernel: RooflineKernel, format: Format, gpu: Gpu): Outcome<RooflinePoint> {
  const rules = kernel.kind === 'gemm' ? { m: COUNT, n: COUNT, k: COUNT } : { m: COUNT, n: COUNT };
  const issues = checkNumbers(rules, { ...kernel });
  if (issues.length > 0) return failed(...issues);
  const own = kernel.kind === 'gemm' ? format : kernelFormat(gpu);
  const peak = peakRate(gpu, own);
  if (!peak.ok) return peak;
  const { flops, bytes } = kernelWork(kernel, own);
  const timed = kernel.kind === 'gemm' ? gemmTime({ ...kernel, format, gpu }) : null;
  const gemm = timed?.ok ? timed.value : null;
  const seconds = gemm?.seconds ?? modelled(kernel, gpu, bytes);
  const intensity = flops / bytes;
  const ridge = peak.value / gpu.memoryBandwidth;
  const attainable = Math.min(peak.value, intensity * gpu.memoryBandwidth);
  return ok({
    flops,
    bytes,
    intensity,
    ridge,
    attainable,
    side: intensity < ridge ? 'memory' : 'compute',
    leastSeconds: flops / attainable,
    seconds,
    rate: flops / seconds,
    gemm,
  });
}

/** The format in which everything but a GEMM runs: 16 bits, or FP32 on a card from before them. */
export function kernelFormat({ peak }: Gpu): Format {
  if (peak.bf16) return 'bf16';
  return peak.fp16 ? 'fp16' : 'fp32';
}
