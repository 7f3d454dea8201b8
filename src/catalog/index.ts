/**
 * The catalogue as a browser needs it: plain numbers, no sources. The same records with their sources are in
 * sources.ts, for build time only; scripts outside Vite read them through node.ts.
 */
import type { Cluster, Gpu, Model } from '#estimator';

/** A GPU of the catalogue: what the estimator needs, and the name people use. */
export interface GpuRecord extends Gpu {
  /** "A800" where `name` is "A800 SXM4 80 GB". */
  readonly short: string;
}

/** A published model: its shape, and the size that its paper prints. */
export interface ModelRecord {
  readonly id: string;
  readonly name: string;
  readonly family: string;
  readonly year: number;
  /** Nominal N as its paper prints it, such as 175e9. */
  readonly parameters: number;
  readonly shape: Model;
}

/** A kind of server, or of rack where NVLink joins servers: a cluster without its size. */
export interface NodeRecord extends Omit<Cluster, 'gpu' | 'gpus'> {
  readonly id: string;
  readonly name: string;
  /** "DGX H100" where `name` says more. */
  readonly short: string;
  readonly year: number;
  /** Id of its GPU. */
  readonly gpu: string;
}

const gpuFiles = import.meta.glob<GpuRecord>('../../content/data/gpus/*.json', {
  eager: true,
  import: 'default',
  query:
    '?values=id,name,short,architecture,year,peak,sparsity,memory,memoryBandwidth,nvlinkBandwidth,power,sms,clock',
});

const modelFiles = import.meta.glob<ModelRecord>('../../content/data/models/*.json', {
  eager: true,
  import: 'default',
  query: '?values=id,name,family,year,parameters,shape',
});

const nodeFiles = import.meta.glob<NodeRecord>('../../content/data/nodes/*.json', {
  eager: true,
  import: 'default',
  query: '?values=id,name,short,year,gpu,gpusPerNode,nvlinkDomain,networkBandwidth,pcieBandwidth',
});

/** Every GPU, oldest first, slowest first within a year. */
export const gpus: readonly GpuRecord[] = Object.values(gpuFiles).sort(
  (a, b) => a.year - b.year || (a.peak.fp16 ?? 0) - (b.peak.fp16 ?? 0),
);

/** Every model, oldest family first, small to large. */
export const models: readonly ModelRecord[] = Object.values(modelFiles).sort(
  (a, b) => a.year - b.year || a.family.localeCompare(b.family) || a.parameters - b.parameters,
);

/** Every kind of server, oldest first. */
export const nodes: readonly NodeRecord[] = Object.values(nodeFiles).sort(
  (a, b) => a.year - b.year || a.id.localeCompare(b.id),
);

/** A cluster of so many GPUs in servers of one kind. */
export function clusterOf(node: NodeRecord, gpus: number): Cluster {
  const { gpusPerNode, nvlinkDomain, networkBandwidth, pcieBandwidth } = node;
  return { gpu: gpuById(node.gpu), gpus, gpusPerNode, nvlinkDomain, networkBandwidth, pcieBandwidth };
}

/** The GPU of that id. Throws on an unknown id: presets and pages name ids, readers never do. */
export const gpuById = (id: string): GpuRecord => found(gpus, id);

/** The model of that id. Throws on an unknown id, like `gpuById`. */
export const modelById = (id: string): ModelRecord => found(models, id);

/** The server of that id. Throws on an unknown id, like `gpuById`. */
export const nodeById = (id: string): NodeRecord => found(nodes, id);

function found<T extends { readonly id: string }>(records: readonly T[], id: string): T {
  const record = records.find((candidate) => candidate.id === id);
  if (record === undefined) throw new Error(`The catalogue has no "${id}"`);
  return record;
}
