import type { Connection, NodeTopology, PairPaths } from '#estimator';

/** Where a chip is drawn: a share of the width, and pixels from the top. */
export interface Place {
  readonly id: string;
  readonly kind: NodeTopology['vertices'][number]['kind'];
  readonly label: string;
  readonly x: number;
  readonly y: number;
  readonly size: number;
}

export interface Drawing {
  readonly places: readonly Place[];
  readonly lines: readonly (Pick<Connection, 'wire' | 'links'> & {
    readonly key: string;
    /** Shares of the width, and pixels from the top. */
    readonly x: readonly [number, number];
    readonly y: readonly [number, number];
    /** On a shortest way between the two chosen GPUs. */
    readonly chosen: boolean;
  })[];
  readonly height: number;
  /** How many lines there are in truth, where only the chosen ones are drawn. */
  readonly hidden: number;
}

/** More lines than these are a grey field: then only the chosen ways are drawn. */
const MOST_LINES = 130;

/** A cube in perspective: corners of the front quad, the back one up and to the right. */
const CUBE = [[7, 92], [44, 92], [44, 232], [7, 232]] as const; // prettier-ignore
const BACK = [49, -66] as const;

type Row = readonly [kind: string, from: number, to: number, y: number];

/** Chips of one kind in a row, evenly over the width. */
function rowOf(topology: NodeTopology, [kind, from, to, y]: Row): Place[] {
  const chips = topology.vertices.filter((v) => v.kind === kind && v.index >= from && v.index < to);
  const size = chips.length > 20 ? 7 : chips.length > 12 ? 15 : 26;
  return chips.map((chip, i) => ({
    id: chip.id,
    kind: chip.kind,
    label: chip.kind === 'cpu' ? 'CPU' : size > 7 ? String(chip.index) : '',
    x: ((i + 0.5) / chips.length) * 100,
    y,
    size,
  }));
}

function rowsOf({ fabric, gpus, vertices }: NodeTopology): readonly Row[] {
  const switches = vertices.filter(({ kind }) => kind === 'nvswitch').length;
  const tree: Row[] = [['pcie-switch', 0, gpus, 250], ['cpu', 0, 9, 306]]; // prettier-ignore
  if (fabric === 'pcie') return [['gpu', 0, gpus, 34], ['pcie-switch', 0, gpus, 120], ['cpu', 0, 9, 196]]; // prettier-ignore
  if (gpus <= 8) return [['nvswitch', 0, switches, 34], ['gpu', 0, gpus, 164], ...tree]; // prettier-ignore
  const half = Math.ceil(switches / 2);
  if (gpus <= 16)
    return [['gpu', 0, 8, 34], ['nvswitch', 0, half, 124], ['nvswitch', half, switches, 194], ['gpu', 8, 16, 284]]; // prettier-ignore
  return [['gpu', 0, gpus / 2, 30], ['nvswitch', 0, switches, 140], ['gpu', gpus / 2, gpus, 250]]; // prettier-ignore
}

function placesOf(topology: NodeTopology): Place[] {
  if (topology.fabric !== 'cube-mesh') return rowsOf(topology).flatMap((row) => rowOf(topology, row));
  return topology.vertices
    .filter(({ kind }) => kind === 'gpu')
    .map(({ id, kind, index }) => {
      const [x, y] = CUBE[(index % 4) as 0 | 1 | 2 | 3];
      const back = index >= 4;
      return {
        id,
        kind,
        label: String(index),
        x: x + (back ? BACK[0] : 0),
        y: y + (back ? BACK[1] : 0),
        size: 28,
      };
    });
}

/** The consecutive chips of every way, as pairs that a line may have. */
function stepsOf(ways: readonly PairPaths[], from: string, to: string): Set<string> {
  return new Set(
    ways.flatMap(({ paths }) =>
      paths.flatMap(({ through }) => {
        const chips = [from, ...through, to];
        return chips.slice(1).flatMap((chip, i) => [`${chips[i]} ${chip}`, `${chip} ${chips[i]}`]);
      }),
    ),
  );
}

/** A node drawn: chips in rows (a cube for the mesh), wires between them, the ways between two GPUs marked. */
export function drawingOf(
  topology: NodeTopology,
  ways: readonly PairPaths[],
  from: number,
  to: number,
): Drawing {
  const places = placesOf(topology);
  const at = new Map(places.map((place) => [place.id, place]));
  const steps = stepsOf(ways, `gpu${from}`, `gpu${to}`);
  const all = topology.connections.flatMap(({ between: [a, b], wire, links }) => {
    const [start, end] = [at.get(a), at.get(b)];
    return start && end
      ? [
          {
            key: `${a} ${b}`,
            wire,
            links,
            x: [start.x, end.x],
            y: [start.y, end.y],
            chosen: steps.has(`${a} ${b}`),
          } as const,
        ]
      : [];
  });
  const lines = all.length > MOST_LINES ? all.filter(({ chosen }) => chosen) : all;
  return {
    places,
    lines: [...lines].sort((a, b) => Number(a.chosen) - Number(b.chosen)),
    height: Math.max(...places.map(({ y, size }) => y + size / 2)) + 22,
    hidden: all.length - lines.length,
  };
}
