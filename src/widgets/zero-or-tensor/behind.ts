import { equations } from '#estimator';
import type { Behind } from '../frame/types.ts';

/** What stands behind the answer; set at build, so that the browser loads none of it. */
export const behind: Behind = {
  equations: [equations.zeroTraffic, equations.mfu],
  assumptions: [
    'ZeRO-3: every GPU is a replica and takes the largest micro-batch, a power of two, that fits and that the batch has for it. Past as many GPUs as sequences there is none.',
    'Tensor and pipeline: the smallest model-parallel size that fits, tensor parallelism inside the server first, stages beyond it, replicas of that. Micro-batches of one sequence where there are stages. Of stages that fit, up to twice the fewest, the first that divide the GPUs; where none do, GPUs stay idle and are not counted.',
    'The batch is the multiple of replicas and micro-batch that is nearest to the asked one.',
    'Software of 2021: DeepSpeed’s ZeRO-3, which waits for its gathers; Megatron-LM without interleaving, everything recomputed in both. Now: FSDP with gathers hidden behind layers and the faster of two kinds of recomputation; Megatron Core with one layer a chunk where there are as many micro-batches as stages, sequence parallelism, the distributed optimizer and no recomputation; FlashAttention in both. FSDP sums gradients in FP32, so they cross as two parameters of 16 bits.',
    'Dashed is what would not fit into the memory. MFU counts no recomputation; the paper’s own FLOP/s do, so its rates are in the table beside their MFU.',
    'Measured points are drawn from the table’s model that is nearest to yours in size. They ran on DGX A100 with HDR InfiniBand, whatever you ask about.',
  ],
  sources: [
    { key: 'narayanan2021', where: 'section 3, takeaways 1 and 2; section 5.2, Table 2' },
    { key: 'rajbhandari2020', where: 'section 7.2' },
    { key: 'zhao2023', where: 'section 3.3' },
  ],
};
