import { equations } from '#estimator';
import type { Behind } from '../frame/types.ts';

/** What stands behind the answer; set at build, so that the browser loads none of it. */
export const behind: Behind = {
  equations: [equations.ridge, equations.intensity, equations.memoryRoof],
  assumptions: [
    'The roof counts each operand once from memory, and the peak and the bandwidth of the data sheet.',
    'The filled mark is the estimator’s own time of the kernel in a short burst: the fastest tile, half of the last wave’s idle time, launch, and the shares of peak and bandwidth that were measured. Its smallest tile has 64 rows, so a decode step comes out too slow on the H20, whose arithmetic is cut.',
    'Attention is causal and forward only, one sequence, heads of 128, by the FlashAttention version written for the card; with scores in memory it computes the masked half too.',
    'The chosen format is that of the matrix product; attention and sums run in 16 bits. A card without the format is drawn in the next wider one that it has.',
  ],
  sources: [
    { key: 'williams2009', where: 'section “The Roofline Model”' },
    { key: 'nvidia-aiconfigurator-data', where: 'measured GEMM tables, from which the shares come' },
    { key: 'dao2022', where: 'section 2.2' },
  ],
};
