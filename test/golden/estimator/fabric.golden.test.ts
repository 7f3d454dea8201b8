import { describe, expect, test } from 'vitest';
import { fabric, valueOrThrow, type Fabric, type FabricSpec } from '#estimator';
import { readFabrics } from '#catalog/node.ts';
import { stripSources } from '#catalog/values.ts';

const built = (spec: FabricSpec): Fabric => valueOrThrow(fabric(spec));

const designs = readFabrics().map((design) => ({ ...stripSources(design), where: design.table }));

describe.each(designs)('$name equals its published table exactly', (design) => {
  test.each(design.table)('$nodes nodes: $leaf leaves, $spine spines, $core cores', (row) => {
    for (const wiring of ['rails', 'nodes'] as const) {
      const { leaves, spines, cores, cables } = built({ ...design, nodes: row.nodes, wiring });
      expect({ leaves, spines, cores }).toEqual({ leaves: row.leaf, spines: row.spine, cores: row.core });
      expect(cables).toMatchObject({
        toNodes: row.nodeLeaf,
        leafSpine: row.leafSpine,
        spineCore: row.spineCore,
      });
    }
  });
});

test('all of the tables’ twenty rows are compared', () => {
  expect(designs.map(({ table }) => table.length)).toEqual([6, 5, 5, 4]);
});

test('1,024 ports on 64-port switches are 32 leaves, 16 spines, 1,024 and 1,024 cables (DGX H100 SuperPOD, 4 SU)', () => {
  const answer = built({ nodes: 128, portsPerNode: 8, radix: 64, portBandwidth: 50e9 });
  expect(answer).toMatchObject({ levels: 2, leaves: 32, spines: 16, cores: 0, switches: 48 });
  expect(answer.cables).toEqual({ toNodes: 1024, leafSpine: 1024, spineCore: 0, total: 2048 });
});

test.each([
  [40, 800],
  [64, 2048],
  [128, 8192],
  [144, 10_368],
])('two levels of %i ports hold %i (half of its square)', (radix, most) => {
  const spec = { portsPerNode: 1, radix, portBandwidth: 1e9, wiring: 'nodes', levels: 2 } as const;
  expect(built({ ...spec, nodes: most })).toMatchObject({ leaves: radix, spines: radix / 2 });
  expect(fabric({ ...spec, nodes: most + 1 }).ok).toBe(false);
});

test.each([
  [40, 16_000],
  [64, 65_536],
])('three levels of %i ports hold %i (a quarter of its cube; Al-Fares 2008)', (radix, most) => {
  const spec = { portsPerNode: 1, radix, portBandwidth: 1e9, wiring: 'nodes' } as const;
  const full = built({ ...spec, nodes: most });
  expect(full).toMatchObject({ levels: 3, switches: (5 * radix ** 2) / 4, mostNodes: most });
  expect(fabric({ ...spec, nodes: most + 1 }).ok).toBe(false);
});
