/** The cluster that a run was measured on, as the estimator sees it. */
import type { Gpu } from '#estimator';
import type { Cluster } from '#estimator';
import type { GpuRecord } from '#catalog';
import type { Filled } from './filled.ts';
import { gpuNamed } from './gpu-of-run.ts';
import type { MeasuredRun } from './measured-run.ts';
import { networkBandwidthOf, networkLatencyOf, usualNetwork } from './network-of-run.ts';

/** PCI Express x16 of the server a GPU stands in, one direction, bytes/s (PCI-SIG: 8, 16, 32 GT/s with 128b/130b). */
const PCIE: Readonly<Record<string, number>> = {
  Pascal: 15.75e9,
  Volta: 15.75e9,
  Turing: 15.75e9,
  Ampere: 31.5e9,
  Hopper: 63e9,
};
const PCIE_LATEST = 63e9;

const RACK = 72;

const usualNode = ({ id }: Gpu): number => (/^gb/.test(id) ? 4 : 8);

/** GPUs of one NVLink fabric: cards have none (a bridge joins two), servers all of theirs, racks 72. */
function nvlinkDomain(gpu: Gpu, gpusPerNode: number, intraNode: string): number {
  if (/^gb[23]00/.test(gpu.id)) return RACK;
  if (/nvl-94/.test(gpu.id)) return 2;
  if (/-pcie-/.test(gpu.id) || gpu.nvlinkBandwidth === 0) return 1;
  return /pcie|pci express/i.test(intraNode) && !/nvlink/i.test(intraNode) ? 1 : gpusPerNode;
}

/** The cluster, or the reason why there is none. */
export function clusterOfRun(
  { hardware, execution }: MeasuredRun,
  gpus: readonly GpuRecord[],
  filled: Filled,
): Cluster | string {
  if (!hardware.gpu) return 'the source does not say which GPU';
  const gpu = gpuNamed(hardware.gpu, gpus);
  if (!gpu) return `the catalogue has no GPU called "${hardware.gpu}"`;
  const { tp, pp, cp, dp } = execution;
  const ranks = dp === undefined ? undefined : dp * (tp ?? 1) * (pp ?? 1) * (cp ?? 1);
  if (hardware.gpus === undefined && ranks === undefined) return 'the source does not say how many GPUs';
  const count = filled.or('gpus', hardware.gpus, () => [ranks ?? 1, 'dp x tp x pp x cp']);
  const node = filled.or('gpusPerNode', hardware.gpusPerNode, () => [
    usualNode(gpu),
    `the usual server of the ${gpu.short}`,
  ]);
  const gpusPerNode = Math.min(node, count);
  const read = networkBandwidthOf(hardware.interNode ?? '', node, hardware.gpu);
  const networkLatency = networkLatencyOf(hardware.interNode ?? '', hardware.gpu);
  return {
    ...(networkLatency === undefined ? {} : { networkLatency }),
    gpu,
    gpus: count,
    gpusPerNode,
    nvlinkDomain: nvlinkDomain(gpu, gpusPerNode, hardware.intraNode ?? ''),
    networkBandwidth: filled.or('networkBandwidth', read ?? undefined, () => [
      usualNetwork(gpu.id),
      `bytes/s: the usual network of the ${gpu.short}`,
    ]),
    pcieBandwidth: PCIE[gpu.architecture] ?? PCIE_LATEST,
  };
}
