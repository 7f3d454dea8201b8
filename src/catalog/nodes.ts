/** Servers as plain values for the browser, apart from index.ts because few pages need them. */
import type { Cluster } from '#estimator';
import { gpuById } from './index.ts';

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

const nodeFiles = import.meta.glob<NodeRecord>('../../content/data/nodes/*.json', {
  eager: true,
  import: 'default',
  query: '?values=id,name,short,year,gpu,gpusPerNode,nvlinkDomain,networkBandwidth,pcieBandwidth',
});

/** Every kind of server, oldest first. */
export const nodes: readonly NodeRecord[] = Object.values(nodeFiles).sort(
  (a, b) => a.year - b.year || a.id.localeCompare(b.id),
);

/** A cluster of so many GPUs in servers of one kind. */
export function clusterOf(node: NodeRecord, gpus: number): Cluster {
  const { gpusPerNode, nvlinkDomain, networkBandwidth, pcieBandwidth } = node;
  return { gpu: gpuById(node.gpu), gpus, gpusPerNode, nvlinkDomain, networkBandwidth, pcieBandwidth };
}

/** The server of that id. Throws on an unknown id, like `gpuById`. */
export function nodeById(id: string): NodeRecord {
  const node = nodes.find((candidate) => candidate.id === id);
  if (node === undefined) throw new Error(`The catalogue has no "${id}"`);
  return node;
}
