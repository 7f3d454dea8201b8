import { nodeTopology, pathsBetween, type NodeTopology, type Outcome, type PairPaths } from '#estimator';
import { formatQuantity, whole, type Quantity } from '#format';
import type { RowBar } from '#charts';
import type { Scenario } from '#scenario';
import type { TableCell, View } from '../frame/types.ts';
import {
  ALGORITHM_COLORS,
  ALGORITHM_NAMES,
  asked,
  askedNode,
  capital,
  codeOf,
  equationsOf,
  timesOf,
  withoutNvlink,
  type AskedNode,
} from '../frame/collectives.ts';
import { drawingOf, type Drawing } from './layout.ts';

export interface NodeView extends View {
  readonly drawing: Drawing;
  readonly from: number;
  readonly to: number;
  readonly fabric: NodeTopology['fabric'];
  /** Seconds of the collective by algorithm, and without NVLink. */
  readonly rows: readonly RowBar[];
  readonly seconds: number;
  readonly pair: { readonly nvlink: number; readonly pcie: number };
}

const rate = (value: number): string => formatQuantity({ value, unit: 'B/s' });
const time = (value: number): Quantity => ({ value, unit: 's' });
const plural = (count: number, word: string): string =>
  `${whole(count)} ${word}${count === 1 ? '' : word.endsWith('ch') ? 'es' : 's'}`;

/** Written once a server: a rack has thirteen hundred wires, and a slider asks sixty times a second. */
const topologies = new Map<string, Outcome<NodeTopology>>();
function topologyOf({ node, wiring }: AskedNode): Outcome<NodeTopology> {
  const known = topologies.get(node.id) ?? nodeTopology(wiring);
  topologies.set(node.id, known);
  return known;
}

/** The chips on the way, in words. */
function wayOf({ paths, hops, links }: PairPaths): string {
  const [first] = paths;
  if (!first) return 'no wire';
  const direct = hops === 1;
  const over = plural(links, 'NVLink');
  if (direct) return `${over}, direct`;
  const through = new Set(paths.flatMap((path) => path.through));
  if ([...through].every((id) => id.startsWith('nvs')))
    return `${over} through ${plural(through.size, 'NVSwitch')}`;
  return `no link of their own, ${over} by way of GPUs ${[...through].map((id) => id.slice(3)).join(' and ')}`;
}

/** What is known about a server that its numbers do not say. */
function cautionsOf(topology: NodeTopology, id: string, op: string, moved: boolean): string[] {
  const capped = id === 'hgx-a800' || id === 'hgx-h800';
  return [
    ...(moved
      ? ['That GPU is not in this server, or is the same one twice: the nearest other one is shown.']
      : []),
    ...(capped
      ? [
          'Only the total of the links is published for this card. How its links are spread over the switches is our guess.',
        ]
      : []),
    ...(topology.fabric === 'cube-mesh' && op !== 'all-reduce'
      ? [
          'The time counts on all links of a GPU. Where one pair has to talk alone, as in an all-to-all, this mesh is slower.',
        ]
      : []),
  ];
}

/** Two GPUs of a node, the ways between them, and a collective of all its GPUs by algorithm. */
export function view(scenario: Scenario): Outcome<NodeView> {
  const { values } = scenario;
  const question = askedNode(scenario);
  const { node, wiring } = question;
  const outcome = topologyOf(question);
  if (!outcome.ok) return outcome;
  const topology = outcome.value;
  const last = topology.gpus - 1;
  const from = Math.min(Number(values.vFrom), last);
  const wanted = Math.min(Number(values.vTo), last);
  const to = wanted === from ? (from === 0 ? 1 : from - 1) : wanted;
  const moved = from !== Number(values.vFrom) || to !== Number(values.vTo);
  const nvlink = pathsBetween(topology, from, to);
  const pcie = pathsBetween(topology, from, to, 'pcie');
  const ask = asked(node, values.vOp, values.vBytes, topology.gpus);
  const times = timesOf(ask);
  const cut =
    topology.fabric !== 'pcie' && node.gpusPerNode === topology.gpus
      ? timesOf(withoutNvlink(ask))[0]
      : undefined;
  const best = times[0];
  if (!best)
    return { ok: false, issues: [{ code: 'inconsistent', path: 'vOp', message: 'Nothing to send.' }] };
  const bound = 2 * best.latency >= best.seconds ? 'latency' : 'bandwidth';
  const size = formatQuantity({ value: values.vBytes, unit: 'B', as: 'binary' });
  const wire = topology.fabric === 'pcie' ? wiring.pcieBandwidth : wiring.nvlinkBandwidth;
  const entries: (readonly [string, TableCell])[] = [
    ['Way over NVLink', wayOf(nvlink)],
    ['Bandwidth over NVLink, one direction', { value: nvlink.bandwidth, unit: 'B/s' }],
    ['Bandwidth over PCIe, one direction', { value: pcie.bandwidth || wiring.pcieBandwidth, unit: 'B/s' }],
    ['Bisection of the node over NVLink, one direction', { value: topology.bisection, unit: 'B/s' }],
    ...times.flatMap(({ algorithm, seconds, busBandwidth }): (readonly [string, TableCell])[] => [
      [`${values.vOp}, ${ALGORITHM_NAMES[algorithm]}`, time(seconds)],
      [`Bus bandwidth, ${ALGORITHM_NAMES[algorithm]}`, { value: busBandwidth, unit: 'B/s' }],
    ]),
    ...(cut ? ([[`${values.vOp} over PCIe`, time(cut.seconds)]] as const) : []),
  ];
  const pcieRate = pcie.bandwidth || wiring.pcieBandwidth;
  return {
    ok: true,
    value: {
      drawing: drawingOf(
        topology,
        [nvlink, ...(nvlink.hops === 1 || topology.fabric === 'switched' ? [] : [pcie])],
        from,
        to,
      ),
      from,
      to,
      fabric: topology.fabric,
      seconds: best.seconds,
      pair: { nvlink: nvlink.bandwidth, pcie: pcieRate },
      rows: [
        ...times.map(({ algorithm, seconds }) => ({
          label: ALGORITHM_NAMES[algorithm],
          value: seconds,
          color: ALGORITHM_COLORS[algorithm],
          amount: formatQuantity(time(seconds)),
        })),
        ...(cut
          ? [
              {
                label: 'without NVLink, over PCIe',
                value: cut.seconds,
                color: 'var(--s2)',
                amount: formatQuantity(time(cut.seconds)),
              },
            ]
          : []),
      ],
      sentence: [
        { text: `GPU ${from} and GPU ${to} of ${node.short}: ` },
        {
          text:
            nvlink.paths.length > 0
              ? `${wayOf(nvlink)}, ${rate(nvlink.bandwidth)}`
              : `no NVLink, ${rate(pcieRate)} over PCIe`,
          strong: true,
        },
        {
          text:
            nvlink.paths.length > 0
              ? ` in each direction, ${formatQuantity({ value: nvlink.bandwidth / pcieRate, unit: 'factor' })} its PCIe slot. `
              : ' in each direction. ',
        },
        { text: `${capital(values.vOp)} of ${size} over all ${whole(topology.gpus)}: ` },
        { text: formatQuantity(time(best.seconds)), strong: true },
        { text: `, ${bound}-bound, ${rate(best.busBandwidth)} of bus bandwidth.` },
      ],
      cautions: cautionsOf(topology, node.id, values.vOp, moved),
      table: {
        caption: `GPU ${from} and GPU ${to} of ${node.name}; ${values.vOp} of ${size} over ${whole(topology.gpus)} GPUs`,
        columns: [{ label: 'Quantity' }, { label: 'Value' }],
        rows: entries,
      },
      equations: equationsOf(ask, best, wire),
      code: codeOf(ask),
    },
  };
}
