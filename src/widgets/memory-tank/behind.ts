import { equations } from '#estimator';
import type { Behind } from '../frame/types.ts';

/** What stands behind the answer; set at build, so that the browser loads none of it. */
export const behind: Behind = {
  equations: [
    equations.stateZero0,
    equations.stateZero1,
    equations.stateZero2,
    equations.stateZero3,
    equations.expertStateZero0,
    equations.expertStateZero1,
    equations.expertStateZero2,
    equations.expertStateZero3,
    equations.gpuMemory,
  ],
  assumptions: [
    'The line is what nvidia-smi says that the card has; the tank ends at what it would say that the job takes.',
    'Loss or layer is what one moment needs: the logits at the loss or the backward pass of one layer, whichever is larger.',
    'Overhead is the CUDA context, NCCL’s buffers, and 5% of what comes and goes, which we allow for what PyTorch’s allocator holds without use.',
    'What a family keeps in which format was read in its code; the reference page on memory has the formulas.',
    'Stages 2 and 3 are counted for every family, though Megatron’s distributed optimizer is stage 1 and no more. In a pipeline stage 2 counts as if a step were one pass.',
    'Bytes sent are those of the stage with the most layers, in rings, as the prediction of step time has them. ZeRO-3 in a pipeline keeps what it gathered for the step, so weights cross once.',
    'Above nine tenths of a card nanotron’s runs took twice as long as predicted, and more.',
    'The smallest change leaves model, batch, formats and framework alone: one setting before two, two before more GPUs, and of equally many the shortest step.',
  ],
  sources: [
    { key: 'rajbhandari2020', where: 'sections 3, 5 and 7' },
    { key: 'korthikanti2022', where: 'sections 4 and 5, figure 1' },
    { key: 'nvidia-megatron-core-distopt', where: 'table of bytes a parameter' },
    { key: 'deepspeed-code', where: 'stage_1_and_2.py and stage3.py' },
    { key: 'nvidia-smi-listings', where: 'memory by card' },
  ],
};
