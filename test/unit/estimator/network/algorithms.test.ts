import { describe, expect, test } from 'vitest';
import type { CollectiveOp } from '#estimator';
import {
  IN_SWITCH_LATENCY,
  IN_SWITCH_RANKS,
  OWN_COPY,
  PEER_COST,
  TREE_SHARE,
} from '../../../../src/estimator/network/constants.ts';
import { hierarchicalSeconds } from '../../../../src/estimator/network/hierarchical.ts';
import { inSwitchSeconds } from '../../../../src/estimator/network/in-switch.ts';
import { pairwiseSeconds } from '../../../../src/estimator/network/pairwise.ts';
import { pipelined } from '../../../../src/estimator/network/pipelined.ts';
import { ringSeconds } from '../../../../src/estimator/network/ring.ts';
import { treeSeconds } from '../../../../src/estimator/network/tree.ts';
import type { Wires } from '../../../../src/estimator/network/wires.ts';

/** Rates and latencies so unlike each other that none can stand for another. */
const WIRES: Wires = {
  launch: 1e-5,
  nvlink: { bandwidth: 4e11, hop: 1e-6, pairs: 1 },
  pcie: { bandwidth: 3e10, hop: 2e-6, pairs: 0.25 },
  network: { bandwidth: 5e10, hop: 16e-6, pairs: 1 },
  inSwitch: 3e11,
  sharp: false,
};
/** Where steps cost nothing, and where nothing but steps costs. */
const bytesOnly: Wires = {
  ...WIRES,
  launch: 0,
  nvlink: { ...WIRES.nvlink, hop: 0 },
  network: { ...WIRES.network, hop: 0 },
};
const noNetwork: Wires = { ...WIRES, network: { ...WIRES.network, bandwidth: 0 } };
const SIZE = 8e9;
const LATE = 8;

type Algorithm = typeof ringSeconds;
const over =
  (algorithm: Algorithm, wires: Wires = WIRES, local = wires.nvlink) =>
  (op: CollectiveOp, bytes: number, ranks: number, perDomain: number): number =>
    algorithm(op, bytes, ranks, perDomain, local, wires);

describe('a ring', () => {
  const ring = over(ringSeconds);

  test('takes ranks - 1 steps a lap, one between each two domains over the network', () => {
    expect(ring('all-gather', 0, 32, 8)).toBeCloseTo(1e-5 + 28e-6 + 3 * 16e-6, 15);
    expect(ring('all-reduce', 0, 32, 8)).toBeCloseTo(1e-5 + 2 * (28e-6 + 3 * 16e-6), 15);
    expect(ring('broadcast', 0, 8, 8)).toBeCloseTo(1e-5 + 7e-6, 15);
  });

  test('moves all but its own share a lap, and copies that', () => {
    expect(ring('all-gather', SIZE, 8, 8)).toBe(
      pipelined(1e-5 + 7e-6, ((7 / 8) * SIZE + (OWN_COPY * SIZE) / 8) / 4e11),
    );
    expect(ring('broadcast', SIZE, 8, 8)).toBe(pipelined(1e-5 + 7e-6, SIZE / 4e11));
  });

  test('is as fast as its slowest wire: between domains all their NICs, for one rank a domain no local wire', () => {
    expect(over(ringSeconds, bytesOnly)('all-gather', SIZE, 32, 4)).toBe(
      pipelined(0, ((31 / 32) * SIZE) / (4 * 5e10)),
    );
    const slow = { ...bytesOnly, nvlink: { ...bytesOnly.nvlink, bandwidth: 1 } };
    expect(over(ringSeconds, slow)('all-gather', SIZE, 4, 1)).toBe(
      over(ringSeconds, bytesOnly)('all-gather', SIZE, 4, 1),
    );
  });
});

describe('a tree', () => {
  const tree = over(treeSeconds);

  test('takes the steps of a chain in each domain and the levels of a binary tree between them', () => {
    expect(tree('broadcast', 0, 128, 8)).toBeCloseTo(1e-5 + 7e-6 + 4 * 16e-6, 15);
    expect(tree('all-reduce', 0, 128, 8)).toBeCloseTo(1e-5 + 2 * (7e-6 + 4 * 16e-6), 15);
    // Nine domains need a fourth level.
    expect(tree('broadcast', 0, 72, 8)).toBeCloseTo(1e-5 + 7e-6 + 4 * 16e-6, 15);
    expect(tree('broadcast', 0, 65, 8)).toBeCloseTo(1e-5 + 7e-6 + 4 * 16e-6, 15);
  });

  test('moves the whole buffer a lap at less than a ring’s bandwidth, over the slower of both wires', () => {
    expect(tree('broadcast', SIZE, 8, 8)).toBe(pipelined(1e-5 + 7e-6, SIZE / TREE_SHARE / 4e11));
    expect(over(treeSeconds, bytesOnly)('all-reduce', SIZE, 32, 4)).toBe(
      pipelined(0, (2 * SIZE) / TREE_SHARE / (4 * 5e10)),
    );
  });

  test('needs no network inside one domain and no local wire where each rank has its own', () => {
    expect(over(treeSeconds, noNetwork)('broadcast', SIZE, 8, 8)).toBe(tree('broadcast', SIZE, 8, 8));
    const slow = { ...WIRES, nvlink: { ...WIRES.nvlink, bandwidth: 1 } };
    expect(over(treeSeconds, slow)('broadcast', SIZE, 8, 1)).toBe(tree('broadcast', SIZE, 8, 1));
  });

  test.each(['reduce-scatter', 'all-gather', 'all-to-all', 'send-receive'] as const)('does no %s', (op) => {
    expect(tree(op, SIZE, 32, 8)).toBe(Infinity);
  });
});

describe('two levels', () => {
  const levels = over(hierarchicalSeconds);
  /** Of 32 ranks in domains of 8: an eighth inside, of which three quarters between. */
  const inside = (laps: number) => (SIZE * (7 * laps + OWN_COPY)) / 8 / 4e11;
  const part = SIZE / 8 / 5e10;

  test.each(['reduce-scatter', 'all-gather'] as const)(
    '%s: a ring inside each domain, then rings along the rails',
    (op) => {
      expect(levels(op, SIZE, 32, 8)).toBeCloseTo(
        pipelined(1e-5 + 7e-6 + 3 * 16e-6, inside(1) + (3 / 4) * part),
        12,
      );
    },
  );

  test('all-reduce is both halves, with a ring along the rails where bytes count', () => {
    expect(over(hierarchicalSeconds, bytesOnly)('all-reduce', SIZE, 32, 8)).toBeCloseTo(
      pipelined(0, inside(2) + 2 * (3 / 4) * part),
      12,
    );
  });

  test('and a tree where steps count', () => {
    expect(levels('all-reduce', LATE, 128, 8)).toBeCloseTo(
      pipelined(
        1e-5 + 2 * (7e-6 + 4 * 16e-6),
        (LATE * (14 + OWN_COPY)) / 8 / 4e11 + (2 * LATE) / 8 / 5e10 / TREE_SHARE,
      ),
      15,
    );
    expect(levels('reduce-scatter', LATE, 128, 8)).toBeGreaterThan(15 * 16e-6);
  });

  test('a domain that is not full is one more', () => {
    expect(levels('all-gather', LATE, 33, 8)).toBe(levels('all-gather', LATE, 40, 8));
  });

  test('need two ranks in a domain, two domains, and an operation that shares out a buffer', () => {
    expect(levels('all-reduce', SIZE, 32, 1)).toBe(Infinity);
    expect(levels('all-reduce', SIZE, 32, 32)).toBe(Infinity);
    expect(levels('all-reduce', SIZE, 32, 2)).toBeLessThan(Infinity);
    expect(levels('all-reduce', SIZE, 32, 31)).toBeLessThan(Infinity);
    for (const op of ['broadcast', 'all-to-all', 'send-receive'] as const)
      expect(levels(op, SIZE, 32, 8)).toBe(Infinity);
  });
});

describe('the switches’ sum', () => {
  const inSwitch = over(inSwitchSeconds);
  const sharp: Wires = { ...WIRES, sharp: true };

  test('moves the buffer once at the switch’s rate', () => {
    expect(inSwitch('all-reduce', SIZE, 8, 8)).toBe(pipelined(1e-5 + IN_SWITCH_LATENCY, SIZE / 3e11));
  });

  test('goes through the NICs of a domain where the network adds too, up and down', () => {
    expect(over(inSwitchSeconds, sharp)('all-reduce', 0, 32, 8)).toBeCloseTo(
      1e-5 + IN_SWITCH_LATENCY + 2 * 16e-6,
      15,
    );
    expect(over(inSwitchSeconds, { ...sharp, inSwitch: 1e30 })('all-reduce', SIZE, 40, 8)).toBeCloseTo(
      pipelined(1e-5 + IN_SWITCH_LATENCY + 2 * 16e-6, SIZE / (8 * 5e10)),
      12,
    );
    // Four NICs would be slower than the switch, eight are not.
    expect(over(inSwitchSeconds, sharp)('all-reduce', SIZE, 32, 8)).toBeCloseTo(
      pipelined(1e-5 + IN_SWITCH_LATENCY + 2 * 16e-6, SIZE / 3e11),
      12,
    );
  });

  test('is asked for from so many ranks on, of one domain unless the network adds', () => {
    expect(inSwitch('all-reduce', SIZE, IN_SWITCH_RANKS, IN_SWITCH_RANKS)).toBeLessThan(Infinity);
    expect(inSwitch('all-reduce', SIZE, IN_SWITCH_RANKS - 1, IN_SWITCH_RANKS - 1)).toBe(Infinity);
    expect(inSwitch('all-reduce', SIZE, 32, 8)).toBe(Infinity);
    expect(over(inSwitchSeconds, sharp)('all-reduce', SIZE, 32, IN_SWITCH_RANKS)).toBeLessThan(Infinity);
  });

  test('is for all-reduce over switched NVLink alone, at any size', () => {
    expect(inSwitch('all-gather', SIZE, 8, 8)).toBe(Infinity);
    expect(over(inSwitchSeconds, WIRES, WIRES.pcie)('all-reduce', SIZE, 8, 8)).toBe(Infinity);
    for (const bytes of [0, SIZE])
      expect(over(inSwitchSeconds, { ...WIRES, inSwitch: 0 })('all-reduce', bytes, 8, 8)).toBe(Infinity);
  });
});

describe('pairs', () => {
  const pairs = over(pairwiseSeconds);

  test('all-to-all sets up every peer, and waits once for the farthest', () => {
    expect(pairs('all-to-all', 0, 8, 8)).toBeCloseTo(1e-5 + 1e-6 + 7 * PEER_COST, 15);
    expect(pairs('all-to-all', 0, 32, 8)).toBeCloseTo(1e-5 + 16e-6 + 31 * PEER_COST, 15);
  });

  test('all-to-all inside a domain keeps a share and sends the others, over PCIe in each other’s way', () => {
    const sent = (SIZE / 8) * (7 + OWN_COPY);
    expect(pairs('all-to-all', SIZE, 8, 8)).toBe(pipelined(1e-5 + 1e-6 + 7 * PEER_COST, sent / 4e11));
    expect(over(pairwiseSeconds, WIRES, WIRES.pcie)('all-to-all', SIZE, 8, 8)).toBeCloseTo(
      pipelined(1e-5 + 2e-6 + 7 * PEER_COST, (4 * sent) / 3e10),
      9,
    );
  });

  test('all-to-all across domains sends what leaves its own through one NIC', () => {
    const latency = 1e-5 + 16e-6 + 31 * PEER_COST;
    expect(pairs('all-to-all', SIZE, 32, 8)).toBe(pipelined(latency, ((24 / 32) * SIZE) / 5e10));
  });

  test('need no network inside one domain and no local wire where each rank has its own', () => {
    expect(over(pairwiseSeconds, noNetwork)('all-to-all', SIZE, 8, 8)).toBe(pairs('all-to-all', SIZE, 8, 8));
    const slow = { ...WIRES, nvlink: { ...WIRES.nvlink, bandwidth: 1 } };
    expect(over(pairwiseSeconds, slow)('all-to-all', SIZE, 8, 1)).toBe(pairs('all-to-all', SIZE, 8, 1));
  });

  test('a neighbour is one hop away: over the network as soon as the group leaves its domain', () => {
    expect(pairs('send-receive', SIZE, 8, 8)).toBe(pipelined(1e-5 + 1e-6, SIZE / 4e11));
    expect(pairs('send-receive', SIZE, 9, 8)).toBe(pipelined(1e-5 + 16e-6, SIZE / 5e10));
  });

  test('cannot do what needs the whole group', () => {
    for (const op of ['all-reduce', 'all-gather', 'reduce-scatter', 'broadcast'] as const)
      expect(pairs(op, SIZE, 8, 8)).toBe(Infinity);
  });
});
