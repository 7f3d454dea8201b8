/** Records of the catalogue by id, as the estimator takes them. Each throws with a sentence when there is none. */
import { clusterWith } from '#catalog/cluster-of.ts';
import { readGpus, readModels, readNodes } from '#catalog/node.ts';
import { stripSources } from '#catalog/values.ts';
import type { Cluster, Gpu, Model } from '#estimator';

function byId<T extends { readonly id: string }>(kind: string, records: readonly T[], id: string): T {
  const found = records.find((record) => record.id === id);
  if (found !== undefined) return found;
  throw new Error(`The catalogue has no ${kind} "${id}": ${records.map((record) => record.id).join(', ')}.`);
}

export const gpuById = (id: string): Gpu => stripSources(byId('GPU', readGpus(), id)) as unknown as Gpu;

export const modelById = (id: string): Model =>
  stripSources(byId('model', readModels(), id)).shape as unknown as Model;

/** So many GPUs in servers of one kind. */
export function clusterOf(id: string, gpus: number): Cluster {
  const node = stripSources(byId('server', readNodes(), id));
  return clusterWith(node, gpuById(node.gpu), gpus);
}
