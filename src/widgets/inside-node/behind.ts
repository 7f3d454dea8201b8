import { equations } from '#estimator';
import type { Behind } from '../frame/types.ts';

/** What stands behind the answer; set at build, so that the browser loads none of it. */
export const behind: Behind = {
  equations: [equations.collectiveTime, equations.ringAllReduce, equations.ringLap, equations.wireTime],
  assumptions: [
    'Bandwidths of wires are line rates in one direction. What a transfer keeps of them is in the time of the collective.',
    'Every shortest way between the two GPUs is used at once. Through a third GPU this needs a program that relays.',
    'PCIe is a tree of two GPUs a switch and two processors a server, as in DGX-1. Servers differ in it.',
    'A collective runs over all GPUs that the NVLinks join, alone on the wires.',
  ],
  sources: [
    { key: 'nccl-671', where: 'topology file of a DGX-1 with V100' },
    { key: 'wikichip-nvswitch', where: 'DGX-2: 12 switches on two boards' },
    { key: 'nvidia-hopper-blog-2022', where: 'third-generation NVSwitch' },
    { key: 'nvidia-superpod-gb200', where: 'multi-node NVLink' },
    { key: 'thakur2005', where: 'section 4' },
    { key: 'nvidia-nccl', where: 'src/graph/tuning.cc' },
  ],
};
