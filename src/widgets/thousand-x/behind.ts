import { equations } from '#estimator';
import type { Behind } from '../frame/types.ts';

/** What stands behind the answer; set at build, so that the browser loads none of it. */
export const behind: Behind = {
  equations: [equations.rateGrowth],
  assumptions: [
    'Peaks are those of the data sheets, dense; sparsity is a factor of its own and counts only where you say so.',
    'The factor of the format is the ratio of the widths of two elements. What an SM does beyond that in a clock is counted as instructions: wider SMs and matrix units.',
    'NVIDIA cuts the same growth elsewhere, so its row is to be read beside the other, not through it. Its chart counts INT8 where this starts from FP32 and ends at FP8; on H100 the two are the same rate.',
    'For Blackwell the clock behind the peaks is not published; the highest clock stands for it, so its instructions come out a little low.',
  ],
  sources: [
    { key: 'dally2023', where: 'text, and the chart of single-chip inference performance' },
    { key: 'mills-dally-2024', where: 'GPU performance improvements: Huang’s law' },
    { key: 'microway-k20x-2013', where: 'K20X, specifications' },
    { key: 'nvidia-h100-whitepaper-2022', where: 'specification table' },
  ],
};
