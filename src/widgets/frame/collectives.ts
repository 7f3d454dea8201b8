import { clusterOf, nodeById, wiringOf, type NodeRecord } from '#catalog/nodes.ts';
import {
  busFactor,
  collectiveByAlgorithm,
  lineRateSeconds,
  NETWORK,
  placeGroup,
  type AlgorithmTime,
  type Cluster,
  type CollectiveOp,
  type NodeWiring,
  type Placement,
} from '#estimator';
import { formatQuantity, significant } from '#format';
import type { Scenario } from '#scenario';
import type { ShownEquation } from './types.ts';

/** A collective on a cluster, ready for the estimator. */
export interface Asked {
  readonly op: CollectiveOp;
  readonly bytes: number;
  readonly placement: Placement;
  readonly cluster: Cluster;
}

export interface AskedNode {
  readonly node: NodeRecord;
  readonly wiring: NodeWiring;
}

export function askedNode({ values }: Scenario): AskedNode {
  const node = nodeById(values.vNode);
  return { node, wiring: wiringOf(node) };
}

/** A group of so many GPUs in servers of one kind, as many servers as it takes. */
export function asked(
  node: NodeRecord,
  op: CollectiveOp,
  bytes: number,
  ranks: number,
  spread = false,
): Asked {
  const stride = spread ? Math.max(node.gpusPerNode, node.nvlinkDomain) : 1;
  const block = Math.max(node.gpusPerNode, node.nvlinkDomain);
  const cluster = clusterOf(node, Math.ceil((ranks * stride) / block) * block);
  return { op, bytes, placement: placeGroup(ranks, stride, cluster), cluster };
}

export const timesOf = ({ op, bytes, placement, cluster }: Asked): readonly AlgorithmTime[] =>
  collectiveByAlgorithm(op, bytes, placement, cluster);

/** The same group in the same servers with their NVLinks cut. */
export function withoutNvlink({ op, bytes, placement, cluster }: Asked): Asked {
  const cut = { ...cluster, nvlinkDomain: 1 };
  return { op, bytes, cluster: cut, placement: { ...placement, ranksPerDomain: 1 } };
}

export const ALGORITHM_NAMES: Readonly<Record<AlgorithmTime['algorithm'], string>> = {
  ring: 'ring',
  tree: 'tree',
  'in-switch': 'in the switch',
  hierarchical: 'two levels',
  pairwise: 'pair by pair',
};

export const ALGORITHM_COLORS: Readonly<Record<AlgorithmTime['algorithm'], string>> = {
  ring: 'var(--s1)',
  tree: 'var(--s3)',
  'in-switch': 'var(--s4)',
  hierarchical: 'var(--s5)',
  pairwise: 'var(--s1)',
};

/** A word at the start of a sentence. */
export const capital = (word: string): string => `${word.charAt(0).toUpperCase()}${word.slice(1)}`;

/** In milliseconds: a formula has no micro sign. */
const plainTime = (value: number): string =>
  value < 1 ? `${significant(value * 1e3)} ms` : formatQuantity({ value, unit: 's' });

/** The formula of the time taken, and of the least time that the wire allows. */
export function equationsOf(
  { op, bytes, placement }: Asked,
  { seconds: time, latency, transfer }: AlgorithmTime,
  wire: number,
): ShownEquation[] {
  const laps = busFactor(op, placement.ranks);
  const id = op === 'all-reduce' ? 'ring-all-reduce' : laps === 1 ? 'wire-time' : 'ring-lap';
  return [
    {
      id: 'collective-time',
      numbers: {
        latency: plainTime(latency),
        transfer: plainTime(transfer),
        segment: plainTime(NETWORK.SEGMENT_COST),
        collectiveTime: plainTime(time),
      },
    },
    {
      id,
      numbers: {
        messageBytes: formatQuantity({ value: bytes, unit: 'B', digits: 4 }),
        ranks: formatQuantity({ value: placement.ranks, unit: 'count' }),
        wireBandwidth: formatQuantity({ value: wire, unit: 'B/s' }),
        ringTime: plainTime(lineRateSeconds(op, bytes, placement.ranks, wire)),
      },
    },
  ];
}

/** The call that gives the time. */
export function codeOf({ op, bytes, placement, cluster }: Asked): string {
  const { gpu, ...rest } = cluster;
  const { architecture, nvlinkBandwidth } = gpu;
  return [
    `import { collectiveTime } from './src/estimator/index.ts';`,
    '',
    `const cluster = ${JSON.stringify({ gpu: { architecture, nvlinkBandwidth }, ...rest })};`,
    `const placement = ${JSON.stringify(placement)};`,
    `console.log(collectiveTime('${op}', ${bytes}, placement, cluster));`,
  ].join('\n');
}
