import fc from 'fast-check';
import { expect, test } from 'vitest';
import { nodes, wiringOf } from '#catalog/nodes.ts';
import { nodeTopology, pathsBetween } from '#estimator';

const node = fc.constantFrom(...nodes);

test('in every catalogued node two GPUs reach each other, both ways alike, never above what one GPU has', () => {
  fc.assert(
    fc.property(node, fc.nat(), fc.nat(), (record, i, j) => {
      const wiring = wiringOf(record);
      const outcome = nodeTopology(wiring);
      if (!outcome.ok) return false;
      const a = i % wiring.gpus;
      const b = j % wiring.gpus;
      if (a === b) return true;
      const there = pathsBetween(outcome.value, a, b);
      const back = pathsBetween(outcome.value, b, a);
      expect(back.bandwidth).toBeCloseTo(there.bandwidth, 0);
      expect(there.bandwidth).toBeLessThanOrEqual(wiring.nvlinkBandwidth * (1 + 1e-12));
      if (outcome.value.fabric === 'switched') {
        expect(there.bandwidth / wiring.nvlinkBandwidth).toBeCloseTo(1, 12);
        expect(there.links).toBe(wiring.links);
      }
      const pcie = pathsBetween(outcome.value, a, b, 'pcie');
      return there.paths.length > 0 || pcie.bandwidth === wiring.pcieBandwidth;
    }),
  );
});

test('no chip has more NVLink ports in use than it has: 18, 36, 64 and 72 by generation of NVSwitch', () => {
  const PORTS: Readonly<Record<string, number>> = { Volta: 18, Ampere: 36, Hopper: 64, Blackwell: 72 };
  for (const record of nodes.filter(({ nvswitches }) => nvswitches)) {
    const outcome = nodeTopology(wiringOf(record));
    if (!outcome.ok) throw new Error(record.id);
    const { vertices, connections } = outcome.value;
    const year =
      record.year < 2020
        ? 'Volta'
        : record.year < 2022 || record.gpu.startsWith('a')
          ? 'Ampere'
          : record.gpu.startsWith('h')
            ? 'Hopper'
            : 'Blackwell';
    for (const { id } of vertices.filter(({ kind }) => kind === 'nvswitch')) {
      const used = connections
        .filter(({ between }) => between.includes(id))
        .reduce((sum, { links }) => sum + links, 0);
      expect(used, `${record.id} ${id}`).toBeLessThanOrEqual(PORTS[year]!);
    }
  }
});
