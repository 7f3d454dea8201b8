import { equations } from '#estimator';
import type { Behind } from '../frame/types.ts';

/** What stands behind the answer; set at build, so that the browser loads none of it. */
export const behind: Behind = {
  equations: [equations.memoryPeak],
  assumptions: [
    'The peak is that of the memory estimate, from the same functions: the picture adds only when it is reached.',
    'Weights, gradients, optimizer state and buffers stay as they are throughout. Megatron keeps its gradient buffer so; FSDP frees gradients after the update.',
    'What a forward pass leaves grows evenly over it, and a backward pass takes it away evenly. What the backward pass of a layer needs for a moment is drawn as long as the pass.',
    'Buffers are those of data parallelism; with them are drawn the CUDA context, NCCL, and what the allocator lost at the peak, which it does not give back.',
    'Times are those of the predicted step. Where passes are left out, the time axis is stretched: the square root of each part’s length.',
    'Waiting for neighbours is spread evenly over the passes. Embedding and logits are taken to cost twice as much backward as forward.',
  ],
  sources: [
    { key: 'narayanan2021', where: 'section 2.2' },
    { key: 'korthikanti2022', where: 'sections 4 and 5' },
    { key: 'rajbhandari2020', where: 'section 3' },
  ],
};
