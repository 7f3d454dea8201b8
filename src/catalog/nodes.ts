/** Servers as plain values for the browser, apart from index.ts because few pages need them. */
import type { Cluster, NodeWiring } from '#estimator';
import { clusterWith } from './cluster-of.ts';
import { gpuById } from './index.ts';

/** A kind of server, or of rack where NVLink joins servers: a cluster without its size. */
export interface NodeRecord extends Omit<Cluster, 'gpu' | 'gpus'> {
  readonly id: string;
  readonly name: string;
  /** "DGX H100" where `name` says more. */
  readonly short: string;
  readonly year: number;
  /** NVSwitch chips in the NVLink domain, and the boards they lie on; absent without a switch, or on one board. */
  readonly nvswitches?: number;
  readonly baseboards?: number;
  /** Id of its GPU. */
  readonly gpu: string;
}

const nodeFiles = import.meta.glob<NodeRecord>('../../content/data/nodes/*.json', {
  eager: true,
  import: 'default',
  query:
    '?values=id,name,short,year,gpu,gpusPerNode,nvlinkDomain,nvswitches,baseboards,networkBandwidth,networkLatency,pcieBandwidth',
});

/** Every kind of server, oldest first. */
export const nodes: readonly NodeRecord[] = Object.values(nodeFiles).sort(
  (a, b) => a.year - b.year || a.id.localeCompare(b.id),
);

/** A cluster of so many GPUs in servers of one kind. */
export const clusterOf = (node: NodeRecord, gpus: number): Cluster =>
  clusterWith(node, gpuById(node.gpu), gpus);

/** The wires of one such server or rack, for the estimator's `nodeTopology`. */
export function wiringOf(node: NodeRecord): NodeWiring {
  const gpu = gpuById(node.gpu);
  const joined = node.nvlinkDomain > 1;
  return {
    gpus: joined ? node.nvlinkDomain : node.gpusPerNode,
    nvlinkBandwidth: joined ? gpu.nvlinkBandwidth : 0,
    links: joined ? (gpu.nvlinkLinks ?? 0) : 0,
    switches: node.nvswitches ?? 0,
    boards: node.baseboards ?? 1,
    pcieBandwidth: node.pcieBandwidth,
    gpusPerServer: node.gpusPerNode,
  };
}

/** The server of that id. Throws on an unknown id, like `gpuById`. */
export function nodeById(id: string): NodeRecord {
  const node = nodes.find((candidate) => candidate.id === id);
  if (node === undefined) throw new Error(`The catalogue has no "${id}"`);
  return node;
}
