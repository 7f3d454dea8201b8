import { equations } from '#estimator';
import type { Behind } from '../frame/types.ts';

/** What stands behind the answer; set at build, so that the browser loads none of it. */
export const behind: Behind = {
  equations: [equations.bisection],
  assumptions: [
    'All switches are equal. A leaf splits its ports between nodes and spines, all of its uplinks are cabled, and they spread evenly over the spines, which is why there are sometimes more spines than ports alone would need.',
    'Only leaves are oversubscribed. Past two levels, leaves form pods of half as many leaves as a switch has ports, whose spines share cores.',
    'The fabric is counted, not loaded: no training step is predicted here, and oversubscription does not reach the cell on what the network wastes. There, the bandwidth divided by it is the worst case.',
    'Every optical cable has one optic at either end. Where a module serves two ports of a switch, there are fewer to buy.',
    'Prices and watts are round numbers of ours. They show which part of the bill is large, and are for you to replace.',
    'The compute fabric only: storage, management and the racks themselves are other networks and other bills.',
  ],
  sources: [
    { key: 'al-fares2008', where: 'sections 2.2 and 3' },
    { key: 'nvidia-superpod-h100', where: 'Table 4' },
    { key: 'nvidia-superpod-b200', where: 'component count table' },
    { key: 'nvidia-superpod-b300', where: 'Table 3' },
    { key: 'nvidia-superpod-b300-xdr', where: 'Table 3' },
  ],
};
