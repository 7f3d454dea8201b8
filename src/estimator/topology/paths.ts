import type { Connection, NodeTopology, WirePath } from './types.ts';

/** All shortest ways between two GPUs over one kind of wire, and what they carry together. */
export interface PairPaths {
  readonly paths: readonly WirePath[];
  /** Wires on each way; 0 when there is none. */
  readonly hops: number;
  /** All ways together in one direction, bytes/s; 0 when there is none. */
  readonly bandwidth: number;
  /** NVLinks side by side over all ways. */
  readonly links: number;
}

const NONE: PairPaths = { paths: [], hops: 0, bandwidth: 0, links: 0 };

type Neighbours = Map<string, [string, Connection][]>;

function neighboursOf(topology: NodeTopology, wire: Connection['wire']): Neighbours {
  const found: Neighbours = new Map();
  const add = (a: string, b: string, connection: Connection): void => {
    const known = found.get(a);
    if (known) known.push([b, connection]);
    else found.set(a, [[b, connection]]);
  };
  for (const connection of topology.connections) {
    if (connection.wire !== wire) continue;
    const [a, b] = connection.between;
    add(a, b, connection);
    add(b, a, connection);
  }
  return found;
}

/**
 * Every shortest way between two GPUs. The ways of one pair share no wire in the nodes described here, so their
 * bandwidths add up. Over a mesh a way through a third GPU needs that GPU's help: the program has to relay.
 * @param a first GPU, by number
 * @param b second GPU
 * @returns ways, the chips on them, and bytes/s in one direction; no ways for a GPU and itself
 */
export function pathsBetween(
  topology: NodeTopology,
  a: number,
  b: number,
  wire: Connection['wire'] = 'nvlink',
): PairPaths {
  const goal = `gpu${b}`;
  const neighbours = neighboursOf(topology, wire);
  const seen = new Set([`gpu${a}`]);
  let front: { at: string; through: string[]; links: number; bandwidth: number }[] = [
    { at: `gpu${a}`, through: [], links: Infinity, bandwidth: Infinity },
  ];
  for (let hops = 1; front.length > 0; hops++) {
    const next = front.flatMap(({ at, through, links, bandwidth }) =>
      (neighbours.get(at) ?? [])
        .filter(([id]) => !seen.has(id))
        .map(([id, connection]) => ({
          at: id,
          through: hops === 1 ? through : [...through, at],
          links: Math.min(links, connection.links),
          bandwidth: Math.min(bandwidth, connection.bandwidth),
        })),
    );
    const paths = next.filter(({ at }) => at === goal);
    if (paths.length > 0) {
      const total = (of: (path: WirePath) => number): number => paths.reduce((sum, p) => sum + of(p), 0);
      return {
        paths: paths.map(({ through, links, bandwidth }) => ({ through, links, bandwidth })),
        hops,
        bandwidth: total((p) => p.bandwidth),
        links: total((p) => p.links),
      };
    }
    for (const { at } of next) seen.add(at);
    front = next;
  }
  return NONE;
}
