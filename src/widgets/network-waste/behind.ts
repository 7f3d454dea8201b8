import { equations } from '#estimator';
import type { Behind } from '../frame/types.ts';

/** What stands behind the answer; set at build, so that the browser loads none of it. */
export const behind: Behind = {
  equations: [equations.networkMfu],
  assumptions: [
    'What is waited for is the difference to the same step on a network of unlimited bandwidth. Latency stays in both.',
    'The step is predicted kernel by kernel with the rules of the chosen framework family; on published runs the prediction is wrong by the amounts that the page “How wrong are we?” prints.',
    'The distributed optimizer (ZeRO-1), which scatters the sums of gradients and gathers weights; selective recomputation, sequence parallelism where there is tensor parallelism, and the sequence length that the model was trained with.',
    'Ranks are placed in Megatron’s order: tensor parallelism innermost, pipeline stages outermost. A GPU without a server in the catalogue stands in nodes of eight.',
    'Every GPU has its share of the NICs to itself, and the fabric blocks nobody: oversubscription and wiring of the cluster builder are not taken from there. What they cost depends on where the ranks stand. A ring between neighbours stays under one leaf most of the way, an all-to-all crosses the spines. For the worst case divide the bandwidth by the oversubscription and type that.',
  ],
  sources: [
    { key: 'narayanan2021', where: 'sections 2.2, 3.3 and 4.1' },
    { key: 'megatron-distrib-optimizer', where: 'key steps' },
    { key: 'nvidia-gtc24-nccl', where: 'slide: all-reduce at 24 of 25 and 48 of 50 GB/s' },
    { key: 'aicplight-infiniband', where: 'table of generations' },
  ],
};
