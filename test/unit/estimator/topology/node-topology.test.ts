import { describe, expect, test } from 'vitest';
import { nodeById, wiringOf } from '#catalog/nodes.ts';
import { nodeTopology, pathsBetween, valueOrThrow, type NodeTopology, type NodeWiring } from '#estimator';
import { cubeMeshLinks } from '../../../../src/estimator/topology/cube-mesh.ts';
import { spread } from '../../../../src/estimator/topology/switched.ts';

function topologyOf(wiring: NodeWiring): NodeTopology {
  return valueOrThrow(nodeTopology(wiring));
}
const of = (id: string): NodeTopology => topologyOf(wiringOf(nodeById(id)));
const linksOf = (topology: NodeTopology, id: string): number =>
  topology.connections
    .filter(({ wire, between }) => wire === 'nvlink' && between.includes(id))
    .reduce((sum, { links }) => sum + links, 0);
const count = (topology: NodeTopology, kind: string): number =>
  topology.vertices.filter((vertex) => vertex.kind === kind).length;

describe('the hybrid cube mesh of DGX-1', () => {
  test.each([
    ['dgx-1-p100', 4, 20e9, 80e9],
    ['dgx-1-v100', 6, 25e9, 150e9],
  ])(
    '%s: %i links on every GPU, %d B/s each, the bisection is the cut between the quads',
    (id, links, link, cut) => {
      const mesh = of(id);
      expect(mesh.fabric).toBe('cube-mesh');
      for (let gpu = 0; gpu < 8; gpu++) expect(linksOf(mesh, `gpu${gpu}`)).toBe(links);
      expect(pathsBetween(mesh, 0, 1).bandwidth).toBe(link);
      expect(mesh.bisection).toBe(cut);
    },
  );

  test('is symmetric, has 16 pairs of 28, and no cut into halves is narrower than the one between the quads', () => {
    const counts = cubeMeshLinks(8, 6)!;
    const pairs = counts.flatMap((row, a) => row.filter((links, b) => b > a && links > 0));
    expect(pairs).toHaveLength(16);
    counts.forEach((row, a) => row.forEach((links, b) => expect(links).toBe(counts[b]![a])));
    for (const four of [counts, cubeMeshLinks(8, 4)!]) {
      const cut = (mask: number): number =>
        four.reduce(
          (sum, row, a) => sum + row.reduce((s, l, b) => s + ((mask >> a) & 1 & ~(mask >> b) ? l : 0), 0),
          0,
        );
      const halves = Array.from({ length: 256 }, (_, mask) => mask).filter(
        (mask) => [...mask.toString(2)].filter((bit) => bit === '1').length === 4,
      );
      expect(Math.min(...halves.map(cut))).toBe(cut(0b1111));
    }
  });

  test('GPUs without a link reach each other through two others', () => {
    expect(pathsBetween(of('dgx-1-v100'), 0, 5)).toEqual({
      paths: [
        { through: ['gpu1'], links: 1, bandwidth: 25e9 },
        { through: ['gpu4'], links: 1, bandwidth: 25e9 },
      ],
      hops: 2,
      bandwidth: 50e9,
      links: 2,
    });
    expect(pathsBetween(of('dgx-1-v100'), 0, 7).links).toBe(3);
  });

  test('three rings through all eight GPUs use every wire of the V100 mesh once, so that none idles in an all-reduce', () => {
    const left = cubeMeshLinks(8, 6)!.map((row) => [...row]);
    for (const ring of [
      [0, 2, 1, 5, 4, 6, 7, 3],
      [0, 3, 2, 1, 5, 6, 7, 4],
      [0, 1, 3, 2, 6, 5, 7, 4],
    ]) {
      expect(new Set(ring).size).toBe(8);
      ring.forEach((a, i) => {
        const b = ring[(i + 1) % 8]!;
        left[a]![b]! -= 1;
        left[b]![a]! -= 1;
      });
    }
    expect(left.flat().every((links) => links === 0)).toBe(true);
  });

  test('names each wired pair once, the lower number first', () => {
    const wires = of('dgx-1-v100').connections.filter(({ wire }) => wire === 'nvlink');
    expect(wires).toHaveLength(16);
    expect(wires[0]).toEqual({ between: ['gpu0', 'gpu1'], wire: 'nvlink', links: 1, bandwidth: 25e9 });
    for (const { between } of wires) expect(between).toEqual([...between].sort());
  });

  test('is not made up for links that no one built', () => {
    for (const change of [{ links: 5 }, { gpus: 6 }]) {
      const outcome = nodeTopology({ ...wiringOf(nodeById('dgx-1-v100')), ...change });
      expect(outcome).toMatchObject({ ok: false, issues: [{ code: 'inconsistent', path: 'links' }] });
      expect(outcome.ok ? '' : outcome.issues[0]!.message).toMatch(/^No mesh of \d GPUs with \d links each/);
    }
  });
});

describe('behind NVSwitches', () => {
  test('two GPUs with three links and two switches: every chip and wire', () => {
    const pair = topologyOf({
      gpus: 2,
      nvlinkBandwidth: 75e9,
      links: 3,
      switches: 2,
      boards: 1,
      pcieBandwidth: 16e9,
      gpusPerServer: 2,
    });
    const nvlink = (gpu: string, nvswitch: string, links: number) => ({
      between: [gpu, nvswitch],
      wire: 'nvlink',
      links,
      bandwidth: links * 25e9,
    });
    const pcie = (a: string, b: string, bandwidth = 16e9) => ({
      between: [a, b],
      wire: 'pcie',
      links: 1,
      bandwidth,
    });
    expect(pair).toEqual({
      fabric: 'switched',
      gpus: 2,
      vertices: [
        { id: 'gpu0', kind: 'gpu', index: 0 },
        { id: 'gpu1', kind: 'gpu', index: 1 },
        { id: 'nvs0', kind: 'nvswitch', index: 0 },
        { id: 'nvs1', kind: 'nvswitch', index: 1 },
        { id: 'pci0', kind: 'pcie-switch', index: 0 },
        { id: 'cpu0', kind: 'cpu', index: 0 },
        { id: 'cpu1', kind: 'cpu', index: 1 },
      ],
      connections: [
        nvlink('gpu0', 'nvs0', 2),
        nvlink('gpu0', 'nvs1', 1),
        nvlink('gpu1', 'nvs0', 2),
        nvlink('gpu1', 'nvs1', 1),
        pcie('gpu0', 'pci0'),
        pcie('gpu1', 'pci0'),
        pcie('pci0', 'cpu0'),
        pcie('cpu0', 'cpu1', Infinity),
      ],
      bisection: 75e9,
    });
  });

  test('a switch that no link reaches has no wire', () => {
    const { connections } = topologyOf({ ...wiringOf(nodeById('dgx-a100')), links: 5 });
    expect(connections.filter(({ between }) => between.includes('nvs4'))).toHaveLength(8);
    expect(connections.filter(({ between }) => between.includes('nvs5'))).toEqual([]);
  });

  test('links are spread as evenly as they go', () => {
    expect(spread(18, 4)).toEqual([5, 5, 4, 4]);
    expect(spread(12, 6)).toEqual([2, 2, 2, 2, 2, 2]);
    expect(spread(0, 2)).toEqual([0, 0]);
  });

  test('DGX-2: every GPU has one link to each switch of its board, eight links join each pair of switches', () => {
    const dgx2 = of('dgx-2');
    expect(count(dgx2, 'nvswitch')).toBe(12);
    for (let i = 0; i < 12; i++) expect(linksOf(dgx2, `nvs${i}`)).toBe(16);
    expect(pathsBetween(dgx2, 0, 7)).toMatchObject({ hops: 2, links: 6, bandwidth: 150e9 });
    const far = pathsBetween(dgx2, 0, 15);
    expect(far).toMatchObject({ hops: 3, links: 6, bandwidth: 150e9 });
    expect(far.paths[0]?.through).toEqual(['nvs0', 'nvs6']);
  });

  test.each([
    ['dgx-a100', 6, 12, 300e9],
    ['dgx-h100', 4, 18, 450e9],
    ['dgx-b200', 2, 18, 900e9],
    ['gb200-nvl72', 18, 18, 900e9],
    ['hgx-h800', 4, 8, 200e9],
    ['hgx-a800', 6, 8, 200e9],
  ])('%s: every pair has all links of a GPU through %i switches', (id, switches, links, bandwidth) => {
    const node = of(id);
    expect(count(node, 'nvswitch')).toBe(switches);
    const last = node.gpus - 1;
    const pair = pathsBetween(node, 0, last);
    expect(pair).toMatchObject({ hops: 2, links, paths: { length: Math.min(links, switches) } });
    expect(pair.bandwidth).toBeCloseTo(bandwidth, -1);
    expect(node.bisection).toBe((node.gpus / 2) * bandwidth);
  });
});

describe('PCIe', () => {
  test('two GPUs share a switch, two switches a processor', () => {
    const box = of('pcie-a100');
    expect(box.fabric).toBe('pcie');
    expect(box.bisection).toBe(0);
    expect(pathsBetween(box, 0, 1)).toMatchObject({ hops: 0, bandwidth: 0 });
    const through = (a: number, b: number): readonly string[] | undefined =>
      pathsBetween(box, a, b, 'pcie').paths[0]?.through;
    expect(through(0, 1)).toEqual(['pci0']);
    expect(through(0, 3)).toEqual(['pci0', 'cpu0', 'pci1']);
    expect(through(0, 7)).toEqual(['pci0', 'cpu0', 'cpu1', 'pci3']);
    expect(pathsBetween(box, 0, 7, 'pcie').bandwidth).toBe(32e9);
  });

  test('a rack of many servers has no processors, an odd GPU a switch of its own', () => {
    expect(of('gb200-nvl72').vertices.map(({ kind }) => kind)).not.toContain('cpu');
    const three = topologyOf({ ...wiringOf(nodeById('pcie-a100')), gpus: 3, gpusPerServer: 3 });
    expect(count(three, 'pcie-switch')).toBe(2);
    expect(pathsBetween(three, 0, 2, 'pcie').paths[0]?.through).toEqual(['pci0', 'cpu0', 'cpu1', 'pci1']);
    expect(three.connections.every(({ wire }) => wire === 'pcie')).toBe(true);
  });

  test('a GPU has no way to itself, and a rack of many servers no tree', () => {
    expect(pathsBetween(of('dgx-a100'), 3, 3).paths).toEqual([]);
    expect(pathsBetween(of('gb200-nvl72'), 0, 71, 'pcie').paths).toEqual([]);
  });
});
