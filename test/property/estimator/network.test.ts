import fc from 'fast-check';
import { expect, test } from 'vitest';
import { clusterOf, nodes } from '#catalog/nodes.ts';
import {
  collectiveSeconds,
  collectiveTime,
  placeGroup,
  placeGroups,
  wiresOf,
  type Cluster,
  type CollectiveOp,
} from '#estimator';
import { hierarchicalSeconds } from '../../../src/estimator/network/hierarchical.ts';
import { ringSeconds } from '../../../src/estimator/network/ring.ts';

const op = fc.constantFrom<CollectiveOp>(
  'all-reduce',
  'reduce-scatter',
  'all-gather',
  'all-to-all',
  'broadcast',
  'send-receive',
);
const cluster: fc.Arbitrary<Cluster> = fc
  .tuple(fc.constantFrom(...nodes), fc.integer({ min: 0, max: 9 }))
  .map(([node, doublings]) =>
    clusterOf(node, Math.max(node.gpusPerNode, node.nvlinkDomain) * 2 ** doublings),
  );
const power = (max: number): fc.Arbitrary<number> => fc.integer({ min: 0, max }).map((n) => 2 ** n);
const bytes = fc.integer({ min: 1, max: 2 ** 40 });
/** A group on a cluster: ranks and the distance between them. */
const group = fc.tuple(power(10), power(7));

test('a collective takes a finite time, longer for more bytes, and its parts agree', () => {
  fc.assert(
    fc.property(
      op,
      bytes,
      fc.double({ min: 1.001, max: 100, noNaN: true }),
      group,
      cluster,
      (kind, size, grow, [ranks, stride], c) => {
        const placed = placeGroup(ranks, stride, c);
        const time = collectiveTime(kind, size, placed, c);
        const { seconds, algorithmBandwidth } = time;
        const lean = collectiveSeconds(
          kind,
          size,
          ranks,
          placed.ranksPerDomain,
          wiresOf(c),
          placed.ranksPerNode,
        );
        expect(lean).toBe(seconds);
        if (ranks === 1) return seconds === 0 && time.algorithm === 'none';
        return (
          Number.isFinite(seconds) &&
          collectiveTime(kind, size * grow, placed, c).seconds > seconds &&
          Math.abs(algorithmBandwidth * seconds - size) < 1e-6 * size
        );
      },
    ),
  );
});

test('more bandwidth anywhere is never slower', () => {
  const faster = (c: Cluster): readonly Cluster[] => [
    { ...c, networkBandwidth: 2 * c.networkBandwidth },
    { ...c, pcieBandwidth: 2 * c.pcieBandwidth },
    { ...c, gpu: { ...c.gpu, nvlinkBandwidth: 2 * c.gpu.nvlinkBandwidth } },
  ];
  fc.assert(
    fc.property(op, bytes, group, cluster, (kind, size, [ranks, stride], c) => {
      const placed = placeGroup(ranks, stride, c);
      const { seconds } = collectiveTime(kind, size, placed, c);
      return faster(c).every((other) => collectiveTime(kind, size, placed, other).seconds <= seconds);
    }),
  );
});

test('more of a group in one domain is never slower behind NVSwitch', () => {
  const wired = cluster.filter(({ nvlinkDomain, gpusPerNode }) => nvlinkDomain >= gpusPerNode);
  fc.assert(
    fc.property(bytes, fc.integer({ min: 1, max: 8 }), power(2), wired, (size, doublings, near, c) => {
      const wires = wiresOf(c);
      const at = (perDomain: number) =>
        collectiveSeconds('all-reduce', size, 2 ** doublings * 4, perDomain, wires);
      return at(2 * near) <= at(near);
    }),
  );
});

test('a ring’s all-reduce is its reduce-scatter and its all-gather, less one launch, one cut and one copy', () => {
  fc.assert(
    fc.property(bytes, fc.integer({ min: 2, max: 512 }), cluster, (size, ranks, c) => {
      const wires = wiresOf(c);
      const ring = (kind: CollectiveOp, length: number) =>
        ringSeconds(kind, length, ranks, 1, wires.nvlink, wires);
      const idle = (kind: CollectiveOp) => ring(kind, 0) - wires.launch;
      expect(idle('all-reduce')).toBeCloseTo(idle('reduce-scatter') + idle('all-gather'), 12);
      expect(ring('reduce-scatter', size)).toBe(ring('all-gather', size));
      const both = ring('reduce-scatter', size) + ring('all-gather', size);
      return ring('all-reduce', size) < both && ring('all-reduce', size) > both / 2;
    }),
  );
});

test('two levels are taken only where they beat the flat ring', () => {
  fc.assert(
    fc.property(
      fc.constantFrom<CollectiveOp>('all-reduce', 'all-gather'),
      bytes,
      group,
      cluster,
      (kind, size, [ranks, stride], c) => {
        const { ranksPerDomain, ranksPerNode, ...rest } = placeGroup(ranks, stride, c);
        const time = collectiveTime(kind, size, { ...rest, ranksPerDomain, ranksPerNode }, c);
        if (time.algorithm !== 'hierarchical') return true;
        const wires = wiresOf(c);
        const near = Math.max(ranksPerDomain, ranksPerNode);
        const local = ranksPerNode > ranksPerDomain ? wires.pcie : wires.nvlink;
        return (
          time.seconds === hierarchicalSeconds(kind, size, ranks, near, local, wires) &&
          time.seconds <= ringSeconds(kind, size, ranks, near, local, wires)
        );
      },
    ),
  );
});

test('the bus is never faster than its wires: in-switch reduction aside, no bandwidth above line rate', () => {
  fc.assert(
    fc.property(op, bytes, group, cluster, (kind, size, [ranks, stride], c) => {
      const { algorithm, busBandwidth } = collectiveTime(kind, size, placeGroup(ranks, stride, c), c);
      const fastest = Math.max(c.gpu.nvlinkBandwidth, c.pcieBandwidth, 8 * c.networkBandwidth);
      return algorithm === 'in-switch' || busBandwidth < fastest;
    }),
  );
});

test('groups of every kind cover the job, and none has more ranks near than it has', () => {
  fc.assert(
    fc.property(cluster, power(3), power(3), power(2), power(3), power(2), (c, tp, pp, cp, ep, etp) => {
      fc.pre(c.gpus % (tp * pp * cp) === 0 && c.gpus % (etp * ep * pp) === 0);
      const placed = placeGroups({
        cluster: c,
        parallelism: {
          tensorParallel: tp,
          pipelineParallel: pp,
          virtualPipeline: 1,
          contextParallel: cp,
          expertParallel: ep,
          expertTensorParallel: etp,
          sequenceParallel: tp > 1,
          zeroStage: 1,
        },
      });
      const { tensor, context, data, pipeline, dataContext, expertTensor, expert, expertData } = placed;
      expect(tensor.ranks * context.ranks * data.ranks * pipeline.ranks).toBe(c.gpus);
      expect(expertTensor.ranks * expert.ranks * expertData.ranks * pipeline.ranks).toBe(c.gpus);
      expect(dataContext.ranks).toBe(data.ranks * context.ranks);
      return Object.values<typeof tensor>({ ...placed }).every(
        ({ ranks, ranksPerDomain, ranksPerNode, groupsPerNode }) =>
          Number.isInteger(ranksPerDomain) &&
          ranksPerDomain >= 1 &&
          ranksPerDomain <= Math.min(ranks, c.nvlinkDomain) &&
          ranksPerNode >= 1 &&
          ranksPerNode <= Math.min(ranks, c.gpusPerNode) &&
          groupsPerNode >= 0 &&
          groupsPerNode * ranksPerNode <= c.gpusPerNode,
      );
    }),
  );
});
