import { describe, expect, test } from 'vitest';
import {
  fabric,
  fabricBill,
  mostPorts,
  valueOrThrow,
  type Fabric,
  type FabricPrices,
  type FabricSpec,
  type Issue,
} from '#estimator';

const HDR = { nodes: 128, portsPerNode: 8, radix: 40, portBandwidth: 25e9 } as const;

const built = (spec: FabricSpec): Fabric => valueOrThrow(fabric(spec));
const issues = (spec: unknown): readonly Issue[] => {
  const outcome = fabric(spec as FabricSpec);
  return outcome.ok ? [] : outcome.issues;
};

test('a fat tree has at most radix²/2 ports in two levels and radix³/4 in three, as many nodes as it takes', () => {
  expect([mostPorts(40, 2), mostPorts(40, 3), mostPorts(64, 2), mostPorts(64, 3)]).toEqual([
    800, 16_000, 2048, 65_536,
  ]);
  for (const levels of [2, 3] as const)
    expect(built({ ...HDR, nodes: 30, portsPerNode: 1, levels }).mostNodes).toBe(mostPorts(40, levels));
});

describe('fabric', () => {
  test('128 nodes with eight HDR ports outgrow two levels of 40-port switches', () => {
    expect(built(HDR)).toMatchObject({
      levels: 3,
      leaves: 56,
      spines: 60,
      cores: 40,
      switches: 156,
      pods: 3,
      farthest: 5,
      bisection: 12.8e12,
      bisectionShare: 1,
    });
  });

  test('one switch is enough where it has the ports', () => {
    const answer = built({ ...HDR, nodes: 5 });
    expect(answer).toMatchObject({ levels: 1, leaves: 1, spines: 0, farthest: 1, mostNodes: 5 });
    expect(answer.cables).toEqual({ toNodes: 40, leafSpine: 0, spineCore: 0, total: 40 });
    expect(built({ ...HDR, nodes: 5, levels: 2 })).toMatchObject({ levels: 2, leaves: 8 });
  });

  test('rails keep leaves of their own, and nodes are not torn between leaves', () => {
    // 20 ports towards nodes: 21 nodes need two leaves a rail, or eleven leaves of two nodes each.
    expect(built({ ...HDR, nodes: 21, levels: 2 }).leaves).toBe(16);
    expect(built({ ...HDR, nodes: 21, levels: 2, wiring: 'nodes' }).leaves).toBe(11);
  });

  test('a node with more ports than a leaf has is spread over leaves', () => {
    const answer = built({ ...HDR, nodes: 4, portsPerNode: 30, levels: 2, wiring: 'nodes' });
    expect(answer.leaves).toBe(6);
    expect(answer.mostNodes).toBe(26);
  });

  test('an oversubscribed leaf has fewer uplinks, and half of the nodes reach the others at that share', () => {
    const answer = built({ ...HDR, radix: 64, oversubscription: 3 });
    expect(answer).toMatchObject({ leafDown: 48, leafUp: 16, leaves: 24 });
    expect(answer.bisectionShare).toBeCloseTo((24 * 16) / 1024, 12);
  });

  test('planes are counted together, and two links of a plane may share a cable', () => {
    const one = built({ ...HDR, radix: 64 });
    const two = built({ ...HDR, radix: 64, planes: 2, linksPerCable: 2 });
    expect(two.switches).toBe(2 * one.switches);
    expect(two.bisection).toBe(2 * one.bisection);
    expect(two.cables).toEqual(one.cables);
    expect([one.ports, two.ports, two.nics]).toEqual([1024, 2048, one.nics]);
  });

  test.each([
    [{}, ['nodes', 'portsPerNode', 'radix', 'portBandwidth'], 'missing'],
    [{ ...HDR, nodes: 0 }, ['nodes'], 'too-small'],
    [{ ...HDR, nodes: 1.5 }, ['nodes'], 'not-an-integer'],
    [{ ...HDR, radix: '64' }, ['radix'], 'not-a-number'],
    [{ ...HDR, portBandwidth: Number.NaN }, ['portBandwidth'], 'not-a-number'],
    [{ ...HDR, oversubscription: 0.5 }, ['oversubscription'], 'too-small'],
    [{ ...HDR, levels: 4 }, ['levels'], 'unknown-choice'],
    [{ ...HDR, wiring: 'mesh' }, ['wiring'], 'unknown-choice'],
  ])('names what is wrong with %j', (spec, paths, code) => {
    expect(issues(spec).map(({ path }) => path)).toEqual(paths);
    expect(issues(spec)[0]?.code).toBe(code);
  });

  test('says how many nodes would fit', () => {
    expect(issues({ ...HDR, levels: 2 })).toEqual([
      {
        code: 'too-large',
        path: 'nodes',
        message: 'Two levels of switches of 40 ports hold at most 100 such nodes, not 128.',
        limit: 100,
      },
    ]);
    expect(built({ ...HDR, nodes: 100, levels: 2 }).leaves).toBe(40);
    expect(issues({ ...HDR, nodes: 6, levels: 1 })[0]).toMatchObject({
      limit: 5,
      message: 'One switch of 40 ports holds at most 5 such nodes, not 6.',
    });
    expect(issues({ ...HDR, nodes: 1, portsPerNode: 64, levels: 1 })[0]?.limit).toBe(0);
    expect(issues({ ...HDR, nodes: 2001 })[0]?.limit).toBe(2000);
    // Ports for managing the fabric cost a node where there is no other room.
    expect(issues({ ...HDR, nodes: 100, levels: 2, extraPorts: 8 })[0]?.limit).toBe(99);
  });

  test('ports for managing the fabric take the place of nodes on a single switch', () => {
    expect(built({ ...HDR, nodes: 4, extraPorts: 8 })).toMatchObject({ levels: 1, mostNodes: 4 });
    expect(built({ ...HDR, nodes: 5, extraPorts: 1 }).levels).toBe(2);
    expect(issues({ ...HDR, nodes: 5, levels: 1, extraPorts: 8 })[0]?.limit).toBe(4);
    // More of them than the network has ports leaves no room for any node.
    const full = { ...HDR, radix: 4, portsPerNode: 1, nodes: 1, levels: 2, extraPorts: 1024 } as const;
    expect(issues(full)[0]?.limit).toBe(0);
  });

  test('a leaf never has more downlinks for an uplink than it may, where ports do not divide evenly', () => {
    for (const radix of [36, 40, 41, 64])
      for (const oversubscription of [1, 1.4, 2, 2.1, 3]) {
        const { leafDown, leafUp } = built({ ...HDR, nodes: 2, radix, oversubscription, levels: 2 });
        expect(leafDown / leafUp).toBeLessThanOrEqual(oversubscription);
        expect(leafDown + leafUp).toBeLessThanOrEqual(radix);
        expect((leafDown + 1) / leafUp).toBeGreaterThan(oversubscription);
      }
  });

  test('says in words what is wrong', () => {
    const said = (over: object) => issues({ ...HDR, ...over })[0]?.message;
    expect(said({ levels: 4 })).toBe('levels must be 1, 2, 3 or fewest.');
    expect(said({ wiring: 'mesh' })).toBe('wiring must be rails or nodes.');
    expect(said({ radix: 4, oversubscription: 3.5 })).toBe(
      'oversubscription must leave a switch of 4 ports one uplink: at most 3.',
    );
    expect(said({ nodes: 2001 })).toBe(
      'Three levels of switches of 40 ports hold at most 2000 such nodes, not 2001.',
    );
    expect(said({ nodes: 2001, levels: 3 })).toBe(said({ nodes: 2001 }));
  });

  test('an oversubscription that leaves no uplink is refused with the most there can be', () => {
    expect(issues({ ...HDR, radix: 4, oversubscription: 3.5 })[0]).toMatchObject({
      code: 'too-large',
      path: 'oversubscription',
      limit: 3,
    });
    expect(built({ ...HDR, nodes: 1, portsPerNode: 8, radix: 4, oversubscription: 3 }).leafUp).toBe(1);
  });
});

describe('fabricBill', () => {
  const prices: FabricPrices = {
    switch: { price: 20_000, power: 500 },
    nic: { price: 1_000, power: 20 },
    optic: { price: 500, power: 5 },
    cable: { price: 100, power: 0 },
    copperToNodes: false,
  };

  test('adds up its lines, with an optic at both ends of every cable', () => {
    const { lines, price, power } = fabricBill(built(HDR), prices);
    expect(lines.map(({ part, count }) => [part, count])).toEqual([
      ['switch', 156],
      ['nic', 1024],
      ['optic', 6688],
      ['cable', 3344],
    ]);
    expect(price).toBe(156 * 20_000 + 1024 * 1_000 + 6688 * 500 + 3344 * 100);
    expect(power).toBe(156 * 500 + 1024 * 20 + 6688 * 5);
  });

  test('copper to the nodes saves their optics', () => {
    const { lines } = fabricBill(built(HDR), { ...prices, copperToNodes: true });
    expect(lines[2]?.count).toBe(2 * (1120 + 1200));
  });
});
