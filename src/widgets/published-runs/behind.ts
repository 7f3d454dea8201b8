import { equations } from '#estimator';
import type { Behind } from '../frame/types.ts';

/** What stands behind the answer; set at build, so that the browser loads none of it. */
export const behind: Behind = {
  equations: [equations.mfu],
  assumptions: [
    'Each MFU is computed here from the published throughput, by the exact count with attention in full, over the dense peak of the run’s own format; where shape or throughput is not published it is the MFU that the source prints.',
    'One dot for the best run of each source, model, GPU and format, and one for the largest cluster it was run on. Sweeps and models cut down to a few layers are left out.',
    'Published runs are those that someone was proud of: the cloud is higher than what is typical.',
  ],
  sources: [
    { key: 'chowdhery2022', where: 'appendix B' },
    { key: 'korthikanti2022', where: 'Table 5' },
    { key: 'narayanan2021', where: 'Table 1' },
    { key: 'grattafiori2024', where: 'Table 4' },
  ],
};
