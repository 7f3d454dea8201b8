import { allCurves } from '#catalog/collectives.ts';
import { clusterOf, nodes } from '#catalog/nodes.ts';
import {
  collectiveByAlgorithm,
  collectiveTime,
  GIB,
  KIB,
  lineRateSeconds,
  MIB,
  placeGroup,
  type CollectiveOp,
  type CollectiveTime,
} from '#estimator';
import { published } from '../published.ts';
import {
  clusterOfOne,
  count,
  gpuOf,
  nvlink,
  plain,
  rate,
  ratio,
  seconds,
  times,
  type Fact,
} from './shared.ts';

const line = (id: string, bytes = GIB): number => lineRateSeconds('all-reduce', bytes, 8, nvlink(id));

/** A collective over the eight GPUs of one server by the model. */
function timeOf(id: string, op: CollectiveOp, bytes: number): CollectiveTime {
  const cluster = clusterOfOne(id);
  return collectiveTime(op, bytes, placeGroup(cluster.gpus, 1, cluster), cluster);
}

/** The same server with its NVLinks cut. */
function overPcie(id: string, bytes: number): CollectiveTime {
  const cluster = { ...clusterOfOne(id), nvlinkDomain: 1 };
  return collectiveTime('all-reduce', bytes, placeGroup(cluster.gpus, 1, cluster), cluster);
}

function ringOf(id: string, bytes: number): { seconds: number; busBandwidth: number; latency: number } {
  const cluster = clusterOfOne(id);
  const all = collectiveByAlgorithm('all-reduce', bytes, placeGroup(8, 1, cluster), cluster);
  const ring = all.find(({ algorithm }) => algorithm === 'ring');
  if (!ring) throw new Error(`${id} has no ring.`);
  return ring;
}

/** Smallest power of two at which the bytes of an all-reduce take longer than its steps. */
function turningPoint(id: string): number {
  let bytes = KIB;
  while (timeOf(id, 'all-reduce', bytes).bound === 'latency') bytes *= 2;
  return bytes;
}

/** Relative errors of the model from 1 MiB on every measured curve, in size and sorted. */
const errors: readonly number[] = allCurves
  .flatMap(({ gpu, op, ranks, points }) => {
    const node = nodes.find((candidate) => candidate.gpu === gpu && candidate.nvlinkDomain > 1);
    if (!node) throw new Error(`No server has ${gpu}.`);
    const cluster = clusterOf(node, node.nvlinkDomain);
    return points
      .filter(({ bytes }) => bytes >= MIB)
      .map(({ bytes, seconds: measured }) =>
        Math.abs(collectiveTime(op, bytes, placeGroup(ranks, 1, cluster), cluster).seconds / measured - 1),
      );
  })
  .sort((a, b) => a - b);
const errorAt = (share: number): number => errors[Math.floor(share * errors.length)] ?? Number.NaN;

/** A message whose bytes hardly count. */
const SMALL = 64 * KIB;

const flopPerByte = (id: string): number => (gpuOf(id).peak.bf16 ?? Number.NaN) / nvlink(id);

export const collectiveFacts = {
  gibA100: () => seconds(timeOf('dgx-a100', 'all-reduce', GIB).seconds),
  gibPcie: () => seconds(overPcie('dgx-a100', GIB).seconds),
  gibSlower: () =>
    times(overPcie('dgx-a100', GIB).seconds / timeOf('dgx-a100', 'all-reduce', GIB).seconds, 2),
  busA100: () => rate(timeOf('dgx-a100', 'all-reduce', GIB).busBandwidth),
  lineA100: () => seconds(line('dgx-a100')),
  lineA800: () => seconds(line('hgx-a800')),
  lineH100: () => seconds(line('dgx-h100')),
  lineH800: () => seconds(line('hgx-h800')),
  lineH20: () => seconds(line('hgx-h20')),
  eachA800: () => rate(nvlink('hgx-a800')),
  eachH800: () => rate(nvlink('hgx-h800')),
  eachH20: () => rate(nvlink('hgx-h20')),
  fpbA100: () => plain(flopPerByte('dgx-a100'), 'FLOP/byte', 3),
  fpbA800: () => plain(flopPerByte('hgx-a800'), 'FLOP/byte', 3),
  fpbH100: () => plain(flopPerByte('dgx-h100'), 'FLOP/byte', 3),
  fpbH800: () => plain(flopPerByte('hgx-h800'), 'FLOP/byte', 3),
  fpbH20: () => plain(flopPerByte('hgx-h20'), 'FLOP/byte', 3),
  launchA100: () => seconds(ringOf('dgx-a100', MIB).latency),
  turnA100: () => ({ ...plain(turningPoint('dgx-a100'), 'B'), as: 'binary' }),
  smallSize: () => ({ ...plain(SMALL, 'B'), as: 'binary' }),
  smallA100: () => seconds(timeOf('dgx-a100', 'all-reduce', SMALL).seconds),
  smallLine: () => seconds(line('dgx-a100', SMALL)),
  ringH100: () => rate(ringOf('dgx-h100', 16 * GIB).busBandwidth),
  switchH100: () => rate(timeOf('dgx-h100', 'all-reduce', 16 * GIB).busBandwidth),
  shareV100: () => ratio(published.v100Bus.value / nvlink('dgx-1-v100')),
  curves: () => count(allCurves.length),
  points: () => count(errors.length),
  medianError: () => plain(errorAt(0.5), 'ratio', 2),
  tenthError: () => plain(errorAt(0.9), 'ratio', 2),
} satisfies Record<string, Fact>;
