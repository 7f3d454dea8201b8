import type { Parallelism } from '../training/types.ts';
import { MIB, type Bytes } from '../units.ts';

/**
 * What one process with PyTorch takes before its first tensor: CUDA context and kernels. Measured with nvidia-smi on an
 * A100: 1,573 MiB (BigScience, tr11-176B chronicles-prequel, "Possible topologies for 200B"; 1,271 MiB on a V100).
 */
export const CUDA_CONTEXT: Bytes = 1573 * MIB;

/**
 * What NCCL holds for one group of ranks: a buffer of 10 MiB (4 MiB for the Simple protocol and those of LL and LL128)
 * for each of the two neighbours in a ring on 16 channels. Reports on H100: NVIDIA/nccl issues 864 and 1685.
 */
export const NCCL_GROUP: Bytes = 2 * 16 * 10 * MIB;

/**
 * Memory that PyTorch's allocator holds and cannot hand out, as a share of what comes and goes within a step. An
 * allowance of our own: no source states it. Megatron-LM's `theoretical_memory_usage.py` adds as much, for buffers and
 * temporaries (step 9). Blocks that stay (weights, optimizer) do not fragment.
 */
export const FRAGMENTATION = 0.05;

/**
 * Share of a card beyond which runs have stalled. We take it for PyTorch's allocator, which gives cached blocks back and
 * asks the driver again once there is nothing left. No estimate of time has it in it.
 * @source nanotron's published sweep (tazi2025): all of its runs above it took at least twice as long as predicted
 */
export const CROWDED = 0.9;

/** Groups of more than one rank that a GPU talks in: each has its own NCCL communicator. */
export function communicatorBytes(
  parallelism: Pick<
    Parallelism,
    'tensorParallel' | 'pipelineParallel' | 'contextParallel' | 'expertParallel'
  >,
  dataParallel: number,
): Bytes {
  const { tensorParallel, pipelineParallel, contextParallel, expertParallel } = parallelism;
  const sizes = [tensorParallel, pipelineParallel, contextParallel, expertParallel, dataParallel];
  return NCCL_GROUP * sizes.filter((size) => size > 1).length;
}
