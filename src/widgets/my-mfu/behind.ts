import { equations } from '#estimator';
import type { Behind } from '../frame/types.ts';

/** What stands behind the answer; set at build, so that the browser loads none of it. */
export const behind: Behind = {
  equations: [equations.mfu, equations.hfu],
  assumptions: [
    'MFU counts the work that the mathematics needs; HFU counts what the GPUs executed, recomputation included.',
    'Peak is the dense matrix rate of the chosen format: a BF16 run held against an FP8 peak looks half as good.',
    'Norms, softmax and other element-wise work are not counted as FLOPs by any of these conventions.',
    'The step time is taken as steady: leave the first steps and those with a checkpoint out of what you paste.',
  ],
  sources: [
    { key: 'chowdhery2022', where: 'section 4.1 and appendix B' },
    { key: 'korthikanti2022', where: 'section 6.3' },
    { key: 'narayanan2021', where: 'equation 3' },
  ],
};
