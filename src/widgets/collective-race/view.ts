import { measuredCurve } from '#catalog/collectives.ts';
import { MIB, type AlgorithmTime, type CollectiveOp, type Outcome } from '#estimator';
import { formatQuantity, whole, type Quantity } from '#format';
import type { Curve } from '#charts';
import type { Scenario } from '#scenario';
import type { View } from '../frame/types.ts';
import {
  ALGORITHM_COLORS,
  ALGORITHM_NAMES,
  asked,
  askedNode,
  capital,
  codeOf,
  equationsOf,
  timesOf,
  type Asked,
} from '../frame/collectives.ts';

type Algorithm = AlgorithmTime['algorithm'];

/** One algorithm in the race; null where it cannot run here. */
export interface Runner {
  readonly algorithm: Algorithm;
  readonly name: string;
  readonly color: string;
  readonly seconds: number | null;
  readonly amount: string;
}

export interface RaceView extends View {
  readonly op: CollectiveOp;
  readonly runners: readonly Runner[];
  readonly curves: readonly Curve[];
  readonly measured: readonly { readonly x: number; readonly y: number }[];
  readonly measuredLabel: string;
  readonly ceiling: { readonly value: number; readonly label: string };
  readonly mine: { readonly x: number; readonly y: number; readonly label: string };
  readonly seconds: number;
}

/** What exists for an operation at all, so that the picture keeps its rows whatever the cluster. */
const CANDIDATES: Readonly<Record<CollectiveOp, readonly Algorithm[]>> = {
  'all-reduce': ['ring', 'tree', 'in-switch', 'hierarchical'],
  'reduce-scatter': ['ring', 'hierarchical'],
  'all-gather': ['ring', 'hierarchical'],
  broadcast: ['ring', 'tree'],
  'all-to-all': ['pairwise'],
  'send-receive': ['pairwise'],
};

/** Sizes at which the curves are drawn: every factor of two on the slider. */
const SIZES = Array.from({ length: 25 }, (_, i) => 2 ** (10 + i));

const time = (value: number): Quantity => ({ value, unit: 's' });
const rate = (value: number): string => formatQuantity({ value, unit: 'B/s' });

/** The line rate that bounds a ring: of the NVLinks, of PCIe, or of the NICs of all its GPUs in one server. */
function ceilingOf({ placement, cluster }: Asked): { value: number; label: string } {
  const { ranks, ranksPerDomain, ranksPerNode } = placement;
  const near = Math.max(ranksPerDomain, ranksPerNode);
  const local = ranksPerNode > ranksPerDomain ? cluster.pcieBandwidth : cluster.gpu.nvlinkBandwidth;
  const name = ranksPerNode > ranksPerDomain ? 'PCIe' : 'NVLink';
  const value = near >= ranks ? local : near * cluster.networkBandwidth;
  const wire = near >= ranks ? name : near > 1 ? `${near} NICs` : 'one NIC';
  return near < ranks && near > 1 && local < value
    ? { value: local, label: `${name}, line rate ${rate(local)}` }
    : { value, label: `${wire}, line rate ${rate(value)}` };
}

const median = (values: readonly number[]): number =>
  [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;

/** The fastest algorithm's time at each measured size, against the measurement. */
function errorOf(
  points: readonly { bytes: number; seconds: number }[],
  at: (bytes: number) => number,
): number {
  const large = points.filter(({ bytes }) => bytes >= MIB);
  return median(large.map(({ bytes, seconds }) => Math.abs(at(bytes) / seconds - 1)));
}

/** One collective by every algorithm: its time, its curve over the size of the message, and what was measured. */
export function view(scenario: Scenario): Outcome<RaceView> {
  const { values } = scenario;
  const { node } = askedNode(scenario);
  const { vOp: op, vBytes: bytes, vRanks: ranks } = values;
  const at = (size: number): Asked => asked(node, op, size, ranks, values.vPlace === 'spread');
  const ask = at(bytes);
  const times = timesOf(ask);
  const best = times[0];
  if (!best)
    return { ok: false, issues: [{ code: 'inconsistent', path: 'vRanks', message: 'Nobody to talk to.' }] };
  const curves = SIZES.map((size) => ({ size, times: timesOf(at(size)) }));
  const points = values.vPlace === 'spread' ? [] : measuredCurve(node.gpu, op, ranks);
  const factor = best.busBandwidth / (bytes / best.seconds);
  const error =
    points.length > 0 ? errorOf(points, (size) => timesOf(at(size))[0]?.seconds ?? Number.NaN) : null;
  const size = formatQuantity({ value: bytes, unit: 'B', as: 'binary' });
  const bound = 2 * best.latency >= best.seconds ? 'latency' : 'bandwidth';
  const where = `${whole(ranks)} GPUs of ${node.short}${values.vPlace === 'spread' ? ', one a server' : ''}`;
  const second = times[1];
  const off = error === null ? '' : formatQuantity({ value: error, unit: 'ratio', digits: 2 });
  const measuredAt = new Map(points.map((point) => [point.bytes, point.seconds]));
  return {
    ok: true,
    value: {
      op,
      seconds: best.seconds,
      runners: CANDIDATES[op].map((algorithm) => {
        const found = times.find((t) => t.algorithm === algorithm);
        return {
          algorithm,
          name: ALGORITHM_NAMES[algorithm],
          color: ALGORITHM_COLORS[algorithm],
          seconds: found?.seconds ?? null,
          amount: found ? formatQuantity(time(found.seconds)) : 'not here',
        };
      }),
      curves: CANDIDATES[op]
        .filter((algorithm) => times.some((t) => t.algorithm === algorithm))
        .map((algorithm) => ({
          label: ALGORITHM_NAMES[algorithm],
          color: ALGORITHM_COLORS[algorithm],
          strong: algorithm === best.algorithm,
          points: curves.flatMap((curve) => {
            const found = curve.times.find((t) => t.algorithm === algorithm);
            return found ? [{ x: curve.size, y: found.busBandwidth }] : [];
          }),
        })),
      measured: points
        .filter((point) => point.bytes >= (SIZES[0] ?? 0))
        .map((point) => ({ x: point.bytes, y: (factor * point.bytes) / point.seconds })),
      measuredLabel:
        error === null ? '' : `measured with NCCL; from 1 MiB the model is off by ${off} in the median`,
      ceiling: ceilingOf(ask),
      mine: { x: bytes, y: best.busBandwidth, label: `${size}: ${formatQuantity(time(best.seconds))}` },
      sentence: [
        { text: `${capital(op)} of ${size} over ${where} takes ` },
        { text: formatQuantity(time(best.seconds)), strong: true },
        {
          text: ` ${best.algorithm === 'ring' ? 'in a ring' : ALGORITHM_NAMES[best.algorithm]}, ${bound}-bound, at ${rate(best.busBandwidth)} of bus bandwidth${second ? `; next, ${ALGORITHM_NAMES[second.algorithm]}, ${formatQuantity(time(second.seconds))}` : ''}. `,
        },
        {
          text:
            error === null
              ? 'No measurement of this group is in the catalogue.'
              : `From 1 MiB the model is within ${off} of the measured curve in the median.`,
        },
      ],
      table: {
        caption: `${op} over ${where}: the fastest algorithm by size`,
        columns: [
          { label: 'Message', unit: 'B' },
          { label: 'Algorithm' },
          { label: 'Time', unit: 's' },
          { label: 'Bus bandwidth', unit: 'B/s' },
          { label: 'Measured', unit: 's' },
        ],
        rows: curves
          .filter((_, i) => i % 2 === 0)
          .flatMap(({ size: s, times: [first] }) => {
            const seen = measuredAt.get(s);
            return first
              ? [
                  [
                    { value: s, unit: 'B', as: 'binary' } as const,
                    ALGORITHM_NAMES[first.algorithm],
                    time(first.seconds),
                    { value: first.busBandwidth, unit: 'B/s' } as const,
                    seen === undefined ? 'none' : time(seen),
                  ],
                ]
              : [];
          }),
      },
      equations: equationsOf(ask, best, ceilingOf(ask).value),
      code: codeOf(ask),
    },
  };
}
