import type { SourceRef } from '../types.ts';
import { FLOAT_FORMATS, type FloatFormat } from './float-format.ts';

/** Elements of a narrow format that share one scale. */
export interface BlockFormat {
  readonly id: BlockFormatId;
  readonly name: string;
  readonly element: FloatFormat;
  /** Elements of one block. */
  readonly size: number;
  /** `e8m0`: a power of two. `e4m3`: an FP8 number, above which stands one FP32 scale for the tensor. */
  readonly scale: 'e8m0' | 'e4m3';
  readonly scaleBits: number;
  readonly source: SourceRef;
}

export const BLOCK_FORMAT_IDS = ['mxfp8', 'mxfp6', 'mxfp4', 'nvfp4'] as const;
export type BlockFormatId = (typeof BLOCK_FORMAT_IDS)[number];

const mx = (id: BlockFormatId, name: string, element: FloatFormat): BlockFormat => ({
  id,
  name,
  element,
  size: 32,
  scale: 'e8m0',
  scaleBits: 8,
  source: { key: 'rouhani2023', where: 'table 1' },
});

/** MX formats in the element that Blackwell's training recipes use; the standard also has E5M2 and E3M2 elements. */
export const BLOCK_FORMATS: Readonly<Record<BlockFormatId, BlockFormat>> = {
  mxfp8: mx('mxfp8', 'MXFP8 E4M3', FLOAT_FORMATS['fp8-e4m3']),
  mxfp6: mx('mxfp6', 'MXFP6 E2M3', FLOAT_FORMATS['fp6-e2m3']),
  mxfp4: mx('mxfp4', 'MXFP4', FLOAT_FORMATS['fp4-e2m1']),
  nvfp4: {
    id: 'nvfp4',
    name: 'NVFP4',
    element: FLOAT_FORMATS['fp4-e2m1'],
    size: 16,
    scale: 'e4m3',
    scaleBits: 8,
    source: { key: 'nvidia-nvfp4-2025', where: 'appendix B' },
  },
};

/** Bits that one value costs with its share of the block's scale: 4.25 for MXFP4. A tensor's own scale is left out. */
export function effectiveBits({ element, scaleBits, size }: BlockFormat): number {
  return element.bits + scaleBits / size;
}
