import { dataParallelOf, type Cluster, type TrainingScenario } from '../training/types.ts';

/** Where the ranks of one group lie. */
export interface Placement {
  /** GPUs in the group. */
  readonly ranks: number;
  /** Of them in one NVLink domain. */
  readonly ranksPerDomain: number;
  /** Of them in one server. */
  readonly ranksPerNode: number;
  /**
   * Groups of this kind that go through one server's NICs at once. Every rank brings its own share of the NICs, so a
   * group has `ranksPerNode` shares however many others there are; 0 when the group never leaves the server or domain.
   */
  readonly groupsPerNode: number;
}

/** Every kind of group of a training job. */
export interface Placements {
  readonly tensor: Placement;
  readonly context: Placement;
  readonly data: Placement;
  /** Data and context ranks together, which share gradients and optimizer of everything but experts. */
  readonly dataContext: Placement;
  readonly pipeline: Placement;
  /** Ranks that tensor parallelism inside an expert joins. */
  readonly expertTensor: Placement;
  readonly expert: Placement;
  /** Ranks that hold the same experts. */
  readonly expertData: Placement;
}

/**
 * Of a group whose ranks are `stride` apart, how many lie in one block of `size` GPUs; evenly over as few blocks as
 * hold the group, which is how schedulers fill racks.
 */
export function ranksInBlock(ranks: number, stride: number, size: number): number {
  const fit = Math.max(1, Math.floor(size / stride));
  return ranks <= fit ? ranks : Math.max(1, Math.floor(ranks / Math.ceil(ranks / fit)));
}

/** Places one group of `ranks` GPUs that are `stride` apart. Ranks count from the first GPU of a server. */
export function placeGroup(ranks: number, stride: number, cluster: Cluster): Placement {
  const { gpusPerNode, nvlinkDomain } = cluster;
  const ranksPerDomain = ranksInBlock(ranks, stride, nvlinkDomain);
  const ranksPerNode = ranksInBlock(ranks, stride, gpusPerNode);
  const stays = Math.max(ranksPerDomain, ranksPerNode) >= ranks;
  return { ranks, ranksPerDomain, ranksPerNode, groupsPerNode: stays ? 0 : gpusPerNode / ranksPerNode };
}

/**
 * Places every group of a training job in Megatron's order of ranks: tensor innermost, then context, expert, data, and
 * pipeline outermost; for experts: expert tensor, expert, expert data, pipeline.
 * @returns counts; meaningless when the groups do not divide the GPUs
 * @source Megatron Core, parallel_state.py: order "tp-cp-ep-dp-pp"; Narayanan 2021, section 3.3 (tensor inside, pipeline outside)
 */
export function placeGroups({
  cluster,
  parallelism,
}: Pick<TrainingScenario, 'cluster' | 'parallelism'>): Placements {
  const { tensorParallel, contextParallel, pipelineParallel, expertParallel, expertTensorParallel } =
    parallelism;
  const data = dataParallelOf({ cluster, parallelism });
  const stage = cluster.gpus / pipelineParallel;
  const experts = expertTensorParallel * expertParallel;
  const place = (ranks: number, stride: number): Placement => placeGroup(ranks, stride, cluster);
  return {
    tensor: place(tensorParallel, 1),
    context: place(contextParallel, tensorParallel),
    data: place(data, tensorParallel * contextParallel),
    dataContext: place(data * contextParallel, tensorParallel),
    pipeline: place(pipelineParallel, stage),
    expertTensor: place(expertTensorParallel, 1),
    expert: place(expertParallel, expertTensorParallel),
    expertData: place(stage / experts, experts),
  };
}
