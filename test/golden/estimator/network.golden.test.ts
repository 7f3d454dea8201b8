import { describe, expect, test } from 'vitest';
import { clusterOf, nodeById, nodes } from '#catalog/nodes.ts';
import { readMeasured } from '#catalog/node.ts';
import {
  collectiveSeconds,
  collectiveTime,
  GIB,
  MIB,
  placeGroup,
  wiresOf,
  type CollectiveOp,
  type WireOptions,
} from '#estimator';

interface Point {
  readonly gpu: string;
  readonly op: CollectiveOp;
  readonly ranks: number;
  readonly bytes: number;
  /** predicted / measured - 1, in size. */
  readonly error: number;
  /** On a curve that the constants were fitted to: every second one. */
  readonly fitted: boolean;
}

const points: readonly Point[] = readMeasured().flatMap(({ bytes, curves }) =>
  curves.flatMap(({ gpu, op, ranks, seconds }, i) => {
    const node = nodes.find((candidate) => candidate.gpu === gpu && candidate.nvlinkDomain > 1)!;
    const wires = wiresOf(clusterOf(node, node.nvlinkDomain));
    return bytes.map((size, j) => {
      const error = Math.abs(collectiveSeconds(op, size, ranks, ranks, wires) / seconds[j]! - 1);
      return { gpu, op, ranks, bytes: size, error, fitted: i % 2 === 0 };
    });
  }),
);

const errorAt = (share: number, of: readonly Point[]): number =>
  of.map(({ error }) => error).sort((a, b) => a - b)[Math.floor(share * of.length)]!;
const large = points.filter(({ bytes }) => bytes >= MIB);

describe('AIConfigurator’s NCCL curves, A100 to GB300, 2 to 8 GPUs on NVLink', () => {
  test('from 1 MiB: median error at most 7%, nine in ten within 21%, on the 380 points of the curves not fitted', () => {
    const heldOut = large.filter(({ fitted }) => !fitted);
    expect(heldOut).toHaveLength(380);
    expect(errorAt(0.5, heldOut)).toBeLessThanOrEqual(0.07);
    expect(errorAt(0.9, heldOut)).toBeLessThanOrEqual(0.21);
  });

  test('below 1 MiB, where latency is all: median error at most 9% on 836 points', () => {
    const small = points.filter(({ bytes }) => bytes < MIB);
    expect(small).toHaveLength(836);
    expect(errorAt(0.5, small)).toBeLessThanOrEqual(0.09);
  });

  const groups = [...new Set(large.map(({ gpu, op }) => `${gpu} ${op}`))].sort();
  test.for(groups)('%s from 1 MiB: median error at most 15%%', (group) => {
    expect(
      errorAt(
        0.5,
        large.filter(({ gpu, op }) => `${gpu} ${op}` === group),
      ),
    ).toBeLessThanOrEqual(0.15);
  });
});

/** Bus bandwidth of a group of all GPUs of some servers, bytes/s. */
const busBandwidth = (op: CollectiveOp, node: string, gpus: number, bytes: number, options?: WireOptions) => {
  const cluster = clusterOf(nodeById(node), gpus);
  return collectiveTime(op, bytes, placeGroup(gpus, 1, cluster), cluster, options);
};

// The shares that the network, PCIe and Volta keep of their line rates, and the switch's of the ring's, come from single
// large messages like these; what is tested is that algorithms and placement lead back to them.
describe('large messages outside the curves', () => {
  type Row = [string, CollectiveOp, string, number, number, number, number];
  const rows: Row[] = [
    ['NVIDIA GTC 2024, S62129: DGX A100, many servers', 'all-reduce', 'dgx-a100', 32, 16 * GIB, 192e9, 0.03],
    ['NVIDIA GTC 2025, S72583: DGX H100, 32 GPUs', 'all-reduce', 'dgx-h100', 32, 16 * GIB, 370e9, 0.03],
    ['Bekman, network: 4 servers of H200, 4 GiB', 'all-reduce', 'dgx-h200', 32, 4 * GIB, 364.87e9, 0.03],
    ['Bekman, network: 4 servers of B200, 16 GiB', 'all-reduce', 'dgx-b200', 32, 16 * GIB, 381.8e9, 0.03],
    ['Bekman, network: 8 A100, 16 GiB', 'all-reduce', 'dgx-a100', 8, 16 * GIB, 234.9e9, 0.03],
    ['Bekman, network: 8 H200, ring, 16 GiB', 'all-gather', 'dgx-h200', 8, 16 * GIB, 361.4e9, 0.06],
    ['NVIDIA GTC 2024, S62129: 8 GPUs on PCIe Gen4', 'all-reduce', 'pcie-a100', 8, 16 * GIB, 24e9, 0.03],
    ['NVIDIA GTC 2024, S62129: 8 V100', 'all-reduce', 'dgx-1-v100', 8, 16 * GIB, 122e9, 0.03],
    [
      'repository report: GB300 NVL72, 72 GPUs, 16 GiB',
      'all-reduce',
      'gb300-nvl72',
      72,
      16 * GIB,
      918.77e9,
      0.03,
    ],
    ['NVIDIA GTC 2025, S72583: 8 A100', 'all-to-all', 'dgx-a100', 8, 16 * GIB, 210e9, 0.1],
    ['NVIDIA GTC 2025, S72583: 8 B200', 'all-to-all', 'dgx-b200', 8, 16 * GIB, 640e9, 0.1],
  ];
  test.for(rows)(
    '%s, %s (tolerance in the last column)',
    ([, op, node, gpus, bytes, measured, tolerance]) => {
      const predicted = busBandwidth(op, node, gpus, bytes).busBandwidth;
      expect(Math.abs(measured / predicted - 1), `${predicted / 1e9} GB/s`).toBeLessThanOrEqual(tolerance);
    },
  );

  test('the switch adds on DGX H100, inside and with SHARP between: 480 GB/s on the slide (tolerance: 10%)', () => {
    for (const [gpus, options] of [
      [8, {}],
      [32, { sharp: true }],
    ] as const) {
      const time = busBandwidth('all-reduce', 'dgx-h100', gpus, 16 * GIB, options);
      expect(time.algorithm).toBe('in-switch');
      expect(Math.abs(480e9 / time.busBandwidth - 1), `${time.busBandwidth / 1e9}`).toBeLessThanOrEqual(0.1);
    }
  });
});
