/**
 * The global constants of the estimator for the page's list, read from where they are used. An adapter: when the
 * estimator exports a list of its own, this is the one folder that changes.
 */
import type { ConstantGroup } from './format.ts';
import { attention, energy, gemm } from './kernels.ts';
import { nvlink, wires } from './network.ts';
import { frameworks, memory, step } from './step.ts';

export const constantGroups: readonly ConstantGroup[] = [
  {
    title: 'Matrix products',
    note: 'Tile sizes and wave quantisation take the rest; FP4 and Blackwell Ultra have no table and stand on their best shapes.',
    constants: gemm,
  },
  {
    title: 'Fused attention',
    note: 'Matrix products only; exponentials run on their own units.',
    constants: attention,
  },
  {
    title: 'Energy',
    note: 'A step runs for hours at the power limit, so no matrix product is faster than power over energy.',
    constants: energy,
  },
  { title: 'The step', note: 'The same for every machine and framework.', constants: step },
  {
    title: 'Frameworks',
    note: 'What Python costs between kernels, hidden wherever the GPU is the slower; how the loss is fused; how gradients are bundled.',
    constants: frameworks,
  },
  { title: 'NVLink', note: 'By generation, for all collectives and sizes.', constants: nvlink },
  { title: 'Collectives, network and PCIe', note: 'The same for every machine.', constants: wires },
  { title: 'Memory', note: 'Beside what tensors take.', constants: memory },
];
