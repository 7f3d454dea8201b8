import { describe, expect, test } from 'vitest';
import { clusterOf, nodeById } from '#catalog/nodes.ts';
import {
  busFactor,
  collectiveSeconds,
  collectiveTime,
  GIB,
  KIB,
  MIB,
  placeGroup,
  placeGroups,
  wiresOf,
  type Cluster,
  type CollectiveOp,
  type Parallelism,
} from '#estimator';

const on = (node: string, gpus: number): Cluster => clusterOf(nodeById(node), gpus);
const timeOf = (
  op: CollectiveOp,
  bytes: number,
  cluster: Cluster,
  ranks: number,
  stride = 1,
  sharp = false,
) => collectiveTime(op, bytes, placeGroup(ranks, stride, cluster), cluster, { sharp });

const PLAIN: Parallelism = {
  tensorParallel: 1,
  pipelineParallel: 1,
  virtualPipeline: 1,
  contextParallel: 1,
  expertParallel: 1,
  expertTensorParallel: 1,
  sequenceParallel: false,
  zeroStage: 1,
};

test('bus factors are those of nccl-tests', () => {
  expect(busFactor('all-reduce', 8)).toBe(1.75);
  expect(busFactor('all-gather', 8)).toBe(0.875);
  expect(busFactor('reduce-scatter', 4)).toBe(0.75);
  expect(busFactor('all-to-all', 2)).toBe(0.5);
  expect(busFactor('broadcast', 8)).toBe(1);
  expect(busFactor('send-receive', 8)).toBe(1);
});

describe('the algorithm taken', () => {
  test('is a ring for large messages in a server, the switch where it can add and five or more ask', () => {
    expect(timeOf('all-reduce', GIB, on('dgx-a100', 8), 8).algorithm).toBe('ring');
    expect(timeOf('all-reduce', GIB, on('dgx-h100', 8), 4).algorithm).toBe('ring');
    expect(timeOf('all-reduce', GIB, on('dgx-h100', 8), 8).algorithm).toBe('in-switch');
    expect(timeOf('all-gather', GIB, on('dgx-h100', 8), 8).algorithm).toBe('ring');
  });

  test('between servers is few steps for small messages and a ring for large ones', () => {
    const cluster = on('dgx-a100', 1024);
    const small = timeOf('all-reduce', 64 * KIB, cluster, 1024);
    expect(['tree', 'hierarchical']).toContain(small.algorithm);
    expect(small.bound).toBe('latency');
    const large = timeOf('all-reduce', 64 * GIB, cluster, 1024);
    expect(large.algorithm).toBe('ring');
    expect(large.bound).toBe('bandwidth');
    expect(timeOf('all-gather', 64 * KIB, cluster, 1024).algorithm).toBe('hierarchical');
    expect(timeOf('broadcast', 64 * KIB, cluster, 1024).algorithm).toBe('tree');
  });

  test('is the network’s switch only where SHARP is on', () => {
    const cluster = on('dgx-h100', 64);
    expect(timeOf('all-reduce', GIB, cluster, 64).algorithm).not.toBe('in-switch');
    expect(timeOf('all-reduce', GIB, cluster, 64, 1, true).algorithm).toBe('in-switch');
    expect(timeOf('all-reduce', GIB, on('dgx-a100', 64), 64, 1, true).algorithm).not.toBe('in-switch');
  });

  test('is pairwise for what pairs do', () => {
    expect(timeOf('all-to-all', GIB, on('dgx-h100', 64), 64).algorithm).toBe('pairwise');
    expect(timeOf('send-receive', GIB, on('dgx-h100', 64), 8, 8).algorithm).toBe('pairwise');
  });
});

describe('the wires used', () => {
  test('within a server are NVLinks, across are NICs, one a GPU', () => {
    const cluster = on('dgx-h100', 64);
    expect(timeOf('send-receive', GIB, cluster, 2).algorithmBandwidth).toBeGreaterThan(350e9);
    expect(timeOf('send-receive', GIB, cluster, 2, 8).algorithmBandwidth).toBeLessThan(50e9);
    // Eight NICs carry one ring; a rail has one.
    expect(timeOf('all-gather', GIB, cluster, 64).busBandwidth).toBeGreaterThan(300e9);
    expect(timeOf('all-gather', GIB, cluster, 8, 8).busBandwidth).toBeLessThan(50e9);
  });

  test('reach across servers in an NVL72 rack', () => {
    expect(timeOf('all-to-all', GIB, on('gb200-nvl72', 72), 64).busBandwidth).toBeGreaterThan(500e9);
  });

  test('without NVLink are PCIe, on which all pairs meet', () => {
    const cluster = on('pcie-a100', 8);
    expect(timeOf('all-reduce', GIB, cluster, 8).busBandwidth).toBeLessThan(32e9);
    expect(timeOf('all-to-all', GIB, cluster, 8).busBandwidth).toBeLessThan(8e9);
    // Bridges help only a pair of their own.
    const bridged: Cluster = { ...cluster, nvlinkDomain: 2 };
    expect(timeOf('all-reduce', GIB, bridged, 2).busBandwidth).toBeGreaterThan(150e9);
    expect(timeOf('all-reduce', GIB, bridged, 4)).toEqual(timeOf('all-reduce', GIB, cluster, 4));
  });

  test('take one switch more on each level of the network', () => {
    const [unit, two, three] = [256, 2048, 16_384].map((gpus) => wiresOf(on('dgx-h100', gpus)).network.hop);
    expect(two! - unit!).toBeCloseTo(0.26e-6, 12);
    expect(three! - two!).toBeCloseTo(0.26e-6, 12);
  });

  test('add to each hop over the network what a slower one takes, and to nothing else', () => {
    const cluster = on('dgx-h100', 256);
    const slow = { ...cluster, networkLatency: 75e-6 };
    const [fast, late] = [wiresOf(cluster), wiresOf(slow)];
    expect(late.network.hop - fast.network.hop).toBeCloseTo(75e-6, 12);
    expect({ ...late, network: { ...late.network, hop: fast.network.hop } }).toEqual(fast);
    expect(on('aws-p5', 16).networkLatency).toBe(75e-6);
    expect('networkLatency' in cluster).toBe(false);
  });

  test('reduce in the switch from Hopper on, where there is a switch', () => {
    const { gpu, ...cluster } = on('dgx-h100', 8);
    const rate = (over: Partial<typeof gpu>) => wiresOf({ ...cluster, gpu: { ...gpu, ...over } }).inSwitch;
    for (const architecture of ['Kepler', 'Pascal', 'Volta', 'Turing', 'Ampere'])
      expect(rate({ architecture })).toBe(0);
    for (const architecture of ['Hopper', 'Blackwell', 'Rubin'])
      expect(rate({ architecture })).toBeGreaterThan(0);
    expect(rate({ nvlinkBandwidth: 0 })).toBe(0);
  });

  test('of an unknown architecture are those of the newest', () => {
    const cluster = on('dgx-b200', 8);
    const next = { ...cluster, gpu: { ...cluster.gpu, architecture: 'Rubin' } };
    expect(wiresOf(next)).toEqual(wiresOf(cluster));
  });
});

describe('nothing to do', () => {
  test('takes no time', () => {
    const cluster = on('dgx-h100', 8);
    const wires = wiresOf(cluster);
    for (const [bytes, ranks] of [
      [GIB, 1],
      [0, 8],
      [-1, 8],
      [NaN, 8],
      [GIB, NaN],
    ] as const) {
      expect(collectiveSeconds('all-reduce', bytes, ranks, ranks, wires)).toBe(0);
      expect(timeOf('all-reduce', bytes, cluster, ranks)).toEqual({
        seconds: 0,
        algorithm: 'none',
        algorithmBandwidth: 0,
        busBandwidth: 0,
        bound: 'latency',
      });
    }
  });

  test('over no wire takes for ever', () => {
    const cluster: Cluster = { ...on('dgx-h100', 16), networkBandwidth: 0 };
    for (const op of ['all-reduce', 'all-to-all', 'send-receive'] as const)
      expect(timeOf(op, MIB, cluster, 16)).toMatchObject({ seconds: Infinity, busBandwidth: 0 });
  });
});

describe('placement', () => {
  test('of GPT-3 on 1,024 A800, TP 8, PP 8, DP 16: tensor in a server, the others one a server', () => {
    const parallelism = { ...PLAIN, tensorParallel: 8, pipelineParallel: 8 };
    const placed = placeGroups({ cluster: on('hgx-a800', 1024), parallelism });
    expect(placed.tensor).toEqual({ ranks: 8, ranksPerDomain: 8, ranksPerNode: 8, groupsPerNode: 0 });
    expect(placed.data).toEqual({ ranks: 16, ranksPerDomain: 1, ranksPerNode: 1, groupsPerNode: 8 });
    expect(placed.pipeline).toEqual({ ranks: 8, ranksPerDomain: 1, ranksPerNode: 1, groupsPerNode: 8 });
    expect(placed.context.ranks).toBe(1);
  });

  test('of small tensor groups leaves several data ranks in a server', () => {
    const placed = placeGroups({ cluster: on('dgx-h100', 64), parallelism: { ...PLAIN, tensorParallel: 2 } });
    expect(placed.data).toEqual({ ranks: 32, ranksPerDomain: 4, ranksPerNode: 4, groupsPerNode: 2 });
  });

  test('of experts starts anew from the first rank: EP 64 spans 8 servers even where TP is 4', () => {
    const parallelism = { ...PLAIN, tensorParallel: 4, expertParallel: 64 };
    const placed = placeGroups({ cluster: on('dgx-h100', 128), parallelism });
    expect(placed.expert).toMatchObject({ ranks: 64, ranksPerDomain: 8 });
    expect(placed.expertData).toMatchObject({ ranks: 2, ranksPerDomain: 1 });
    expect(placed.expertTensor.ranks).toBe(1);
  });

  test('never leaves a rack that holds the group, though servers are small', () => {
    expect(placeGroup(64, 1, on('gb200-nvl72', 72))).toEqual({
      ranks: 64,
      ranksPerDomain: 64,
      ranksPerNode: 4,
      groupsPerNode: 0,
    });
  });

  test('fills racks evenly: 128 GPUs in eights are 8 groups in each of two NVL72', () => {
    expect(placeGroup(16, 8, on('gb200-nvl72', 144)).ranksPerDomain).toBe(8);
  });
});
