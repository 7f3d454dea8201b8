import { expect, test } from 'vitest';
import { clusterOf, nodeById } from '#catalog/nodes.ts';
import {
  collectiveByAlgorithm,
  collectiveTime,
  GIB,
  lineRateSeconds,
  placeGroup,
  type CollectiveOp,
} from '#estimator';

const h100 = clusterOf(nodeById('dgx-h100'), 32);

test.each<[CollectiveOp, number]>([
  ['all-reduce', 8],
  ['all-reduce', 32],
  ['all-gather', 32],
  ['all-to-all', 8],
  ['broadcast', 16],
])('%s of %i: the fastest is the one that is taken, each ends later than its latency', (op, ranks) => {
  const placement = placeGroup(ranks, 1, h100);
  const times = collectiveByAlgorithm(op, GIB, placement, h100);
  expect(times[0]).toMatchObject({
    algorithm: collectiveTime(op, GIB, placement, h100).algorithm,
    seconds: collectiveTime(op, GIB, placement, h100).seconds,
    busBandwidth: collectiveTime(op, GIB, placement, h100).busBandwidth,
  });
  for (const { seconds, latency } of times) expect(seconds).toBeGreaterThan(latency);
});

test('only what can do it is listed', () => {
  const names = (op: CollectiveOp, ranks: number): string[] =>
    collectiveByAlgorithm(op, GIB, placeGroup(ranks, 1, h100), h100).map(({ algorithm }) => algorithm);
  expect(names('all-reduce', 8).sort()).toEqual(['in-switch', 'ring', 'tree']);
  expect(names('all-gather', 8)).toEqual(['ring']);
  expect(names('all-to-all', 32)).toEqual(['pairwise']);
  expect(names('all-reduce', 32)).toContain('hierarchical');
  expect(names('all-reduce', 1)).toEqual([]);
  expect(collectiveByAlgorithm('all-reduce', 0, placeGroup(8, 1, h100), h100)).toEqual([]);
});

test('1 GiB all-reduce of 8 at line rate: 6.26 ms on A100, 9.40 on A800, 4.18 on H100 (survey, chapter 2)', () => {
  const ms = (node: string): string =>
    (lineRateSeconds('all-reduce', GIB, 8, clusterOf(nodeById(node), 8).gpu.nvlinkBandwidth) * 1e3).toFixed(
      2,
    );
  expect([ms('dgx-a100'), ms('hgx-a800'), ms('dgx-h100')]).toEqual(['6.26', '9.40', '4.18']);
});
