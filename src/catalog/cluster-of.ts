import type { Cluster, Gpu } from '#estimator';

/** What the catalogue says of a server. */
type Server = Omit<Cluster, 'gpu' | 'gpus' | 'networkLatency'> & {
  readonly networkLatency?: number | undefined;
};

/** So many GPUs in servers of one kind. */
export function clusterWith(
  { gpusPerNode, nvlinkDomain, networkBandwidth, networkLatency, pcieBandwidth }: Server,
  gpu: Gpu,
  gpus: number,
): Cluster {
  return {
    gpu,
    gpus,
    gpusPerNode,
    nvlinkDomain,
    networkBandwidth,
    pcieBandwidth,
    ...(networkLatency === undefined ? {} : { networkLatency }),
  };
}
