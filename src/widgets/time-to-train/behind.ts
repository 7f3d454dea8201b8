import { trainingEquations } from '#estimator';
import type { Behind } from '../frame/types.ts';

/** What stands behind the answer; set at build, so that the browser loads none of it. */
export const behind: Behind = {
  equations: trainingEquations.filter(({ id }) => id === 'time-6nd' || id.endsWith('-goodput')),
  assumptions: [
    'Peak is the dense matrix rate of the chosen format.',
    'Efficiency is model FLOP utilisation, so recomputed work does not count.',
    'All GPUs train for the whole time; batch warm-up and evaluation are part of what goodput leaves out.',
    'The range puts in place of the efficiency what the middle half of published runs reach on the same GPU (or its siblings), in a format of the same width, at a similar size.',
  ],
  sources: [
    { key: 'xu2023talk', where: 'section 3' },
    { key: 'kaplan2020', where: 'section 2.1' },
    { key: 'narayanan2021', where: 'equations 3 and 4' },
    { key: 'chowdhery2022', where: 'appendix B' },
  ],
};
