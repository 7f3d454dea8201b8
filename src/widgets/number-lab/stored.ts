import {
  BLOCK_FORMAT_IDS,
  BLOCK_FORMATS,
  effectiveBits,
  FLOAT_FORMAT_IDS,
  FLOAT_FORMATS,
  maxFinite,
  minNormal,
  minSubnormal,
  quantizeBlock,
  roundTo,
  spacing,
  type BlockFormat,
  type BlockFormatId,
  type FloatFormat,
  type FloatFormatId,
} from '#estimator';
import type { Values } from '#scenario';

/** What happened to the value. `infinity` and `none` have no number. */
export type Fate = 'exact' | 'rounded' | 'zero' | 'clamped' | 'infinity' | 'none';

/** A value as one format stores it. Numbers are those that the bits stand for, the block's scale included. */
export interface Stored {
  readonly id: FloatFormatId | BlockFormatId;
  readonly name: string;
  readonly bits: number;
  readonly format: FloatFormat;
  /** The block's own, and the scale as stored; null for a format without blocks. */
  readonly block: { readonly format: BlockFormat; readonly stored: number } | null;
  /** 0 when a whole block was lost to zero. */
  readonly scale: number;
  readonly value: number | null;
  readonly fate: Fate;
  /** Relative error, signed; null where there is no number to compare. */
  readonly error: number | null;
  readonly subnormal: boolean;
  /** Smallest above zero, smallest of full precision, largest; null for a lost block. */
  readonly range: { readonly low: number; readonly normal: number; readonly high: number } | null;
  /** To the next number, at the value. */
  readonly step: number;
}

/** A block with the reader's value first and its largest last; the others lie evenly between them by size. */
export function blockOf(value: number, peak: number, size: number): number[] {
  const ratio = Math.max(value, peak) / value;
  return Array.from({ length: size }, (_, i) => value * ratio ** (i / (size - 1)));
}

/** @param limit beyond which even rounding would not have come back to the largest number */
function fateOf(value: number, stored: number, limit: number): Fate {
  if (Number.isNaN(stored)) return 'none';
  if (stored === Infinity) return 'infinity';
  if (stored === 0) return 'zero';
  if (stored === value) return 'exact';
  return value > limit ? 'clamped' : 'rounded';
}

function rest(format: FloatFormat, scale: number, value: number, stored: number) {
  const range =
    scale === 0
      ? null
      : {
          low: minSubnormal(format) * scale,
          normal: minNormal(format) * scale,
          high: maxFinite(format) * scale,
        };
  const limit = maxFinite(format) + spacing(format, maxFinite(format)) / 2;
  const fate = fateOf(value, stored, limit * scale);
  const whole = fate === 'none' || fate === 'infinity' ? null : stored;
  return {
    range,
    fate,
    value: whole,
    error: whole === null ? null : whole / value - 1,
    subnormal: whole !== null && whole > 0 && range !== null && whole < range.normal,
    step: scale === 0 ? 0 : spacing(format, Math.min(maxFinite(format), value / scale)) * scale,
  };
}

function inFloat(id: FloatFormatId, { labValue, labOverflow }: Values): Stored {
  const format = FLOAT_FORMATS[id];
  const stored = roundTo(format, labValue, id.startsWith('fp8') ? labOverflow : 'special');
  return {
    id,
    name: format.name,
    bits: format.bits,
    format,
    block: null,
    scale: 1,
    ...rest(format, 1, labValue, stored),
  };
}

function inBlock(id: BlockFormatId, { labValue, labPeak, labTensor }: Values): Stored {
  const format = BLOCK_FORMATS[id];
  const block = quantizeBlock(format, blockOf(labValue, labPeak, format.size), labTensor);
  const [stored = 0] = block.values;
  return {
    id,
    name: format.name,
    bits: effectiveBits(format),
    format: format.element,
    block: { format, stored: block.storedScale },
    scale: block.scale,
    ...rest(format.element, block.scale, labValue, stored),
  };
}

const isBlock = (id: Stored['id']): id is BlockFormatId => id in BLOCK_FORMATS;

/** The reader's value in one format. */
export const storedAs = (id: Stored['id'], values: Values): Stored =>
  isBlock(id) ? inBlock(id, values) : inFloat(id, values);

/** The same in every format, widest first, blocks last. */
export const storedInAll = (values: Values): readonly Stored[] =>
  [...FLOAT_FORMAT_IDS, ...BLOCK_FORMAT_IDS].map((id) => storedAs(id, values));
