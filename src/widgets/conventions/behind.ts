import { equations } from '#estimator';
import type { Behind } from '../frame/types.ts';

/** What stands behind the answer; set at build, so that the browser loads none of it. */
export const behind: Behind = {
  equations: [equations.mfu],
  assumptions: [
    'The run itself does not change: only how its work, its peak, its bytes and its time are counted.',
    'The time is what someone plans who takes the run’s utilisation, by 6ND on the dense peak, as given and counts the rest by the choice.',
    'Each bar moves one convention and leaves the others where they are chosen.',
    'Model state is weights, gradients and Adam’s two moments of the whole model, before any sharding.',
  ],
  sources: [
    { key: 'kaplan2020', where: 'section 2.1' },
    { key: 'chowdhery2022', where: 'section 4.1 and appendix B' },
    { key: 'korthikanti2022', where: 'equation 7 and figure 1' },
    { key: 'rajbhandari2020', where: 'section 3.1' },
    { key: 'nvidia-a100-whitepaper-2020', where: 'comparison table' },
  ],
};
