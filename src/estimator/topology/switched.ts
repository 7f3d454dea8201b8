import type { Connection, NodeWiring, Vertex } from './types.ts';

/** `count` things over `places`, as evenly as they go, the first places getting one more: 18 over 4 is 5, 5, 4, 4. */
export const spread = (count: number, places: number): number[] =>
  Array.from({ length: places }, (_, i) => Math.floor(count / places) + (i < count % places ? 1 : 0));

/**
 * GPUs behind NVSwitches. Every GPU has its links spread over the switches of its board; a switch is joined to the one
 * of the same place on the other board by as many links as its GPUs bring.
 * @source WikiChip, NVSwitch (DGX-2: one link to each of six, two boards); NVIDIA, HGX H100 (5, 5, 4 and 4); DGX SuperPOD
 *   GB200 (one to each of 18)
 */
export function switchedLinks({ gpus, nvlinkBandwidth, links, switches, boards }: NodeWiring): {
  vertices: Vertex[];
  connections: Connection[];
} {
  const perBoard = { gpus: gpus / boards, switches: switches / boards };
  const share = spread(links, perBoard.switches);
  const link = nvlinkBandwidth / links;
  const wire = (a: string, b: string, count: number): Connection => ({
    between: [a, b],
    wire: 'nvlink',
    links: count,
    bandwidth: count * link,
  });
  const connections: Connection[] = [];
  for (let gpu = 0; gpu < gpus; gpu++) {
    const first = Math.floor(gpu / perBoard.gpus) * perBoard.switches;
    share.forEach((count, i) => connections.push(wire(`gpu${gpu}`, `nvs${first + i}`, count)));
  }
  for (let board = 1; board < boards; board++) {
    const first = board * perBoard.switches;
    share.forEach((count, i) =>
      connections.push(wire(`nvs${first - perBoard.switches + i}`, `nvs${first + i}`, count * perBoard.gpus)),
    );
  }
  const vertices = Array.from({ length: switches }, (_, index): Vertex => ({
    id: `nvs${index}`,
    kind: 'nvswitch',
    index,
  }));
  return { vertices, connections: connections.filter((connection) => connection.links > 0) };
}
