import { equations } from '#estimator';
import type { Behind } from '../frame/types.ts';

/** What stands behind the answer; set at build, so that the browser loads none of it. */
export const behind: Behind = {
  equations: [equations.storedValue, equations.largestValue, equations.effectiveBits],
  assumptions: [
    'Rounding is to the nearest number, a tie to the one with the even fraction; the value starts as a double.',
    'Too large a number becomes infinity in FP64 to FP16, and the largest number in FP6, FP4 and blocks; FP8 does what you choose.',
    'The block holds your value, the largest, and the others evenly between them by size.',
    'MX scales are the largest power of two of the block over the largest of the element, so the largest value may be clipped.',
    'NVFP4 scales put the largest value of the block on 6, in FP8, under an FP32 scale that puts the largest of the tensor on 6 times 448.',
    'Hardware may treat subnormal TF32 operands differently; no source for that was read.',
  ],
  sources: [
    { key: 'ieee754-2019', where: 'sections 3.4 and 4.3.1' },
    { key: 'micikevicius2022', where: 'table 1' },
    { key: 'ocp-ofp8-2023', where: 'conversion, saturating and not' },
    { key: 'rouhani2023', where: 'table 1 and algorithm 1' },
    { key: 'nvidia-nvfp4-2025', where: 'appendix B' },
    { key: 'nvidia-cuda-math-fp8', where: 'constructors: __NV_SATFINITE' },
  ],
};
