import { clusterOf, nodeById, wiringOf, type NodeRecord } from '#catalog/nodes.ts';
import { gpuById, type GpuRecord } from '#catalog';
import { nodeTopology, valueOrThrow, type Cluster, type NodeTopology } from '#estimator';
import type { Quantity, Unit } from '#format';

export type { Fact } from '../../shared.ts';

export const plain = (value: number, unit: Unit, digits?: number): Quantity =>
  digits === undefined ? { value, unit } : { value, unit, digits };
export const rate = (value: number): Quantity => ({ value, unit: 'B/s' });
export const seconds = (value: number): Quantity => ({ value, unit: 's' });
export const ratio = (value: number): Quantity => ({ value, unit: 'ratio' });
export const times = (value: number, digits?: number): Quantity => plain(value, 'factor', digits);
export const count = (value: number): Quantity => ({ value, unit: 'count' });

export const node = (id: string): NodeRecord => nodeById(id);
export const gpuOf = (id: string): GpuRecord => gpuById(node(id).gpu);
/** One server (or rack) of that kind, all of its GPUs. */
export const clusterOfOne = (id: string): Cluster => {
  const record = node(id);
  return clusterOf(record, Math.max(record.gpusPerNode, record.nvlinkDomain));
};
export const linksOf = (id: string): number => gpuOf(id).nvlinkLinks ?? 0;
export const nvlink = (id: string): number => gpuOf(id).nvlinkBandwidth;
export const linkRate = (id: string): number => nvlink(id) / linksOf(id);

export function topology(id: string): NodeTopology {
  return valueOrThrow(nodeTopology(wiringOf(node(id))));
}
