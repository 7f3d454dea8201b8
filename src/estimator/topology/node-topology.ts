import type { Outcome } from '../issues.ts';
import { CUBE_GPUS, cubeMeshLinks } from './cube-mesh.ts';
import { pcieTree } from './pcie-tree.ts';
import { switchedLinks } from './switched.ts';
import type { Connection, NodeFabric, NodeTopology, NodeWiring, Vertex } from './types.ts';

function meshConnections(wiring: NodeWiring, counts: readonly (readonly number[])[]): Connection[] {
  const link = wiring.nvlinkBandwidth / wiring.links;
  return counts.flatMap((row, a) =>
    row.flatMap((links, b): Connection[] =>
      b > a && links > 0
        ? [{ between: [`gpu${a}`, `gpu${b}`], wire: 'nvlink', links, bandwidth: links * link }]
        : [],
    ),
  );
}

/**
 * What crosses between the halves over NVLink: every wire between the two quads of the mesh, all wires between two boards,
 * or all links of half of the GPUs where one set of switches joins everybody. Nothing without NVLinks.
 */
function bisectionOf(fabric: NodeFabric, wiring: NodeWiring, connections: readonly Connection[]): number {
  if (fabric === 'switched') return (wiring.gpus / 2) * wiring.nvlinkBandwidth;
  const half = (id: string): boolean => Number(id.slice(3)) < CUBE_GPUS / 2;
  return connections
    .filter(({ between: [a, b] }) => half(a) !== half(b))
    .reduce((sum, { bandwidth }) => sum + bandwidth, 0);
}

/**
 * The wiring of one node as chips and the wires between them: the NVLinks, and the PCIe tree below them.
 * @returns the topology, or an issue for links without switches that are no cube mesh
 * @source cube-mesh.ts, switched.ts, pcie-tree.ts
 */
export function nodeTopology(wiring: NodeWiring): Outcome<NodeTopology> {
  const { gpus, links, switches } = wiring;
  const fabric: NodeFabric = links === 0 ? 'pcie' : switches === 0 ? 'cube-mesh' : 'switched';
  const counts = fabric === 'cube-mesh' ? cubeMeshLinks(gpus, links) : [];
  if (counts === null) {
    return {
      ok: false,
      issues: [
        {
          code: 'inconsistent',
          path: 'links',
          message: `No mesh of ${gpus} GPUs with ${links} links each is known: it is 8 GPUs with 4 or 6.`,
        },
      ],
    };
  }
  const tree = pcieTree(wiring);
  const switched = fabric === 'switched' ? switchedLinks(wiring) : { vertices: [], connections: [] };
  const nvlinks = [...meshConnections(wiring, counts), ...switched.connections];
  const own = Array.from({ length: gpus }, (_, index): Vertex => ({ id: `gpu${index}`, kind: 'gpu', index }));
  return {
    ok: true,
    value: {
      fabric,
      gpus,
      vertices: [...own, ...switched.vertices, ...tree.vertices],
      connections: [...nvlinks, ...tree.connections],
      bisection: bisectionOf(fabric, wiring, nvlinks),
    },
  };
}
