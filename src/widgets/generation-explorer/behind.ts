import { equations } from '#estimator';
import type { Behind } from '../frame/types.ts';

/** What stands behind the answer; set at build, so that the browser loads none of it. */
export const behind: Behind = {
  equations: [equations.ridge],
  assumptions: [
    'Every rate is the dense peak of the data sheet: Tensor Cores where the card has them in that format, without 2:4 sparsity.',
    'A year is that of the announcement. Cards of one generation that came later stand at their own year.',
    'NVLink counts one direction. Power is the limit of the board, which is also what the figures per watt are divided by.',
    'A hollow dot is a card whose figures its maker calls preliminary. Rubin’s power limit is an analyst’s, so its figures per watt are no more than that; the 50 PFLOP/s that are advertised for it in FP4 are no dense rate and do not count.',
    'Rates of the A800, H800 and H20 come from partners and press; NVIDIA publishes no data sheet for them.',
  ],
  sources: [
    { key: 'nvidia-v100-whitepaper-2017', where: 'comparison of Tesla cards' },
    { key: 'nvidia-a100-whitepaper-2020', where: 'comparison table, P100 to A100' },
    { key: 'nvidia-h100-whitepaper-2022', where: 'specification table' },
    { key: 'nvidia-hgx-page', where: 'HGX board table' },
    { key: 'nvidia-rubin-blog-2026', where: 'tables 2 to 4' },
    { key: 'zhao2025', where: 'section 4.1, H800' },
    { key: 'zangshuxian-h20', where: 'H20' },
  ],
};
