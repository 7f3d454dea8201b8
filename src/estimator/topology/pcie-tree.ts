import type { Connection, NodeWiring, Vertex } from './types.ts';

/** GPUs under one PCIe switch, and the processors of a server. @source NCCL issue 671, topology file of a DGX-1 */
const GPUS_PER_SWITCH = 2;
const PROCESSORS = 2;

/**
 * The tree through which GPUs reach their processors: two under a switch, half of the switches under each processor.
 * Racks of servers without switches (`gpusPerServer` below the GPUs joined by NVLink) have none that spans them.
 * @returns chips and wires of one server, its GPUs not among the chips
 */
export function pcieTree({ gpus, gpusPerServer, pcieBandwidth }: NodeWiring): {
  vertices: Vertex[];
  connections: Connection[];
} {
  if (gpusPerServer < gpus) return { vertices: [], connections: [] };
  const switches = Math.ceil(gpus / GPUS_PER_SWITCH);
  const wire = (a: string, b: string, bandwidth = pcieBandwidth): Connection => ({
    between: [a, b],
    wire: 'pcie',
    links: 1,
    bandwidth,
  });
  const numbers = (count: number): number[] => Array.from({ length: count }, (_, i) => i);
  const processorOf = (pcieSwitch: number): number => Math.floor((pcieSwitch * PROCESSORS) / switches);
  return {
    vertices: [
      ...numbers(switches).map((index): Vertex => ({ id: `pci${index}`, kind: 'pcie-switch', index })),
      ...numbers(PROCESSORS).map((index): Vertex => ({ id: `cpu${index}`, kind: 'cpu', index })),
    ],
    connections: [
      ...numbers(gpus).map((gpu) => wire(`gpu${gpu}`, `pci${Math.floor(gpu / GPUS_PER_SWITCH)}`)),
      ...numbers(switches).map((pcieSwitch) => wire(`pci${pcieSwitch}`, `cpu${processorOf(pcieSwitch)}`)),
      wire('cpu0', 'cpu1', Infinity),
    ],
  };
}
