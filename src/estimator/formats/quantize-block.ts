import type { BlockFormat } from './block-format.ts';
import { exponentOf, roundTo } from './codec.ts';
import { FLOAT_FORMATS } from './float-format.ts';
import { maxExponent, maxFinite } from './limits.ts';

export interface QuantizedBlock {
  /** What every element is multiplied by when it is read; 0 when the block holds only zeros. */
  readonly scale: number;
  /** The block's scale as it is stored: the power of two, or the FP8 number. */
  readonly storedScale: number;
  /** The FP32 scale of the whole tensor; 1 for MX formats, which have none. */
  readonly tensorScale: number;
  /** The numbers of the element's format, before scaling. */
  readonly elements: readonly number[];
  /** What the block stands for: elements times scale. */
  readonly values: readonly number[];
}

/** Exponents that E8M0 can hold; its code 255 is NaN. */
const E8M0 = { low: -127, high: 127 } as const;

/** The largest power of two in the block over the largest power of two of the element, as E8M0 holds it. */
function powerScale(amax: number, { element }: BlockFormat): number {
  if (amax === 0) return 2 ** E8M0.low;
  return 2 ** Math.min(E8M0.high, Math.max(E8M0.low, exponentOf(amax) - maxExponent(element)));
}

/** The FP32 scale that puts the tensor's largest value at the largest element times the largest FP8 scale. */
function tensorScaleOf(tensorMax: number, { element }: BlockFormat): number {
  const reach = maxFinite(element) * maxFinite(FLOAT_FORMATS['fp8-e4m3']);
  return roundTo(FLOAT_FORMATS.fp32, tensorMax / reach, 'saturate');
}

/**
 * A block of values in a block format: its scale, and every value over it rounded to the element's format. Elements
 * saturate. MX: the scale is a power of two from the block's largest value. NVFP4: the block's largest value over the
 * largest element, in FP8 under the tensor's FP32 scale.
 * @param values finite; as many as the block has
 * @param tensorMax largest size in the whole tensor, for NVFP4; the block's own where that is larger
 * @source Rouhani 2023, algorithm 1; NVIDIA 2025 (NVFP4), appendix B
 */
export function quantizeBlock(format: BlockFormat, values: readonly number[], tensorMax = 0): QuantizedBlock {
  const amax = Math.max(0, ...values.map(Math.abs));
  const { element } = format;
  const tensorScale = format.scale === 'e8m0' ? 1 : tensorScaleOf(Math.max(tensorMax, amax), format);
  const storedScale =
    format.scale === 'e8m0'
      ? powerScale(amax, format)
      : tensorScale === 0
        ? 0
        : roundTo(FLOAT_FORMATS['fp8-e4m3'], amax / maxFinite(element) / tensorScale, 'saturate');
  const scale = storedScale * tensorScale;
  const elements = values.map((value) => (scale === 0 ? 0 : roundTo(element, value / scale, 'saturate')));
  return { scale, storedScale, tensorScale, elements, values: elements.map((v) => v * scale) };
}
