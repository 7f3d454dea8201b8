import type { Parallelism } from '../training/types.ts';
import { GIB, MIB, type Bytes } from '../units.ts';

/** CUDA context, kernels, cuBLAS and cuDNN handles of one process: outside PyTorch's allocator, 0.2 to 2 GB in practice. */
export const CUDA_CONTEXT: Bytes = 0.75 * GIB;

/**
 * What NCCL holds for one group of ranks: a buffer of 10 MiB (4 MiB for the Simple protocol and those of LL and LL128)
 * for each of the two neighbours in a ring on 16 channels. Reports on H100: NVIDIA/nccl issues 864 and 1685.
 */
export const NCCL_GROUP: Bytes = 2 * 16 * 10 * MIB;

/**
 * Memory that PyTorch's allocator holds and cannot hand out, of what comes and goes within a step. Blocks that stay
 * (weights, optimizer) do not fragment.
 */
export const FRAGMENTATION = 0.05;

/** Groups of more than one rank that a GPU talks in: each has its own NCCL communicator. */
export function communicatorBytes(parallelism: Parallelism, dataParallel: number): Bytes {
  const { tensorParallel, pipelineParallel, contextParallel, expertParallel } = parallelism;
  const sizes = [tensorParallel, pipelineParallel, contextParallel, expertParallel, dataParallel];
  return NCCL_GROUP * sizes.filter((size) => size > 1).length;
}
