import { switches } from '#catalog/fabrics.ts';
import { formatQuantity } from '#format';
import type { Field, NumberField } from './field-types.ts';
import { choice, numbers } from './options.ts';
import { remember } from './remember.ts';

/** What the cells of the chapter on networks between nodes ask: how a step is split, and what a fabric is made of. */
export interface InfinibandValues {
  /** What the NICs give one GPU, one direction, bytes/s. */
  linkRate: number;
  /** How the step is split: degrees as text, because they are choices. */
  stepTensor: string;
  stepPipeline: string;
  stepChunks: string;
  stepMicro: string;
  /** What overlaps: a framework family of the estimator. */
  stepRules: 'megatron-2022' | 'megatron-core';
  fabricNodes: number;
  fabricPorts: string;
  /** Catalogue id. */
  fabricSwitch: string;
  fabricPlanes: '1' | '2';
  fabricLevels: 'fewest' | '1' | '2' | '3';
  fabricWiring: 'rails' | 'nodes';
  fabricTaper: string;
  fabricExtra: string;
  fabricCopper: 'optical' | 'copper';
  /** US dollars a piece. */
  priceSwitch: number;
  priceNic: number;
  priceOptic: number;
  priceCable: number;
  /** Watts a piece. */
  powerSwitch: number;
  powerNic: number;
  powerOptic: number;
}

const price = (label: string, url: string, slider: readonly [number, number], help: string): NumberField => ({
  kind: 'number',
  label,
  unit: 'USD',
  min: 0.01,
  max: 1e7,
  why: 'between a cent and ten million dollars',
  slider,
  scale: 'log',
  help,
  url,
});

const power = (label: string, url: string, slider: readonly [number, number], help: string): NumberField => ({
  kind: 'number',
  label,
  unit: 'W',
  min: 0.01,
  max: 1e5,
  why: 'between a hundredth of a watt and 100 kW',
  slider,
  scale: 'log',
  help,
  url,
});

const ASSUMED = 'A round number of ours, not a quote: put in yours.';

export const infinibandFields: { readonly [K in keyof InfinibandValues]: Field } = {
  linkRate: {
    kind: 'number',
    label: 'Network for each GPU',
    symbol: 'b',
    unit: 'B/s',
    min: 1e6,
    max: 1e12,
    why: 'between 1 MB/s and 1 TB/s',
    slider: [0.05e9, 200e9],
    scale: 'log',
    help: 'What the NICs give one GPU in one direction. 200 Gb/s of HDR are 25 GB/s.',
    url: 'bbw',
  },
  stepTensor: choice(
    'Tensor parallel',
    'btp',
    'GPUs that share each layer. Past the GPUs of a node it leaves NVLink.',
    numbers(1, 2, 4, 8, 16),
  ),
  stepPipeline: choice(
    'Pipeline stages',
    'bpp',
    'Groups of layers on different nodes.',
    numbers(1, 2, 4, 8, 16, 32),
  ),
  stepChunks: choice(
    'Chunks a stage',
    'bvp',
    'Interleaving: a smaller bubble, and as many times the sends between stages.',
    numbers(1, 2, 3, 4, 6, 12),
  ),
  stepMicro: choice('Micro-batch', 'bmb', 'Sequences in one pass of one replica.', numbers(1, 2, 4, 8)),
  stepRules: choice(
    'What overlaps',
    'bfr',
    'What computation hides between nodes, by the rules of the framework. Those of Megatron Core also fuse attention.',
    [
      ['megatron-2022', 'nothing (Megatron 2022)'],
      ['megatron-core', 'most (Megatron Core)'],
    ],
  ),
  fabricNodes: {
    kind: 'number',
    label: 'Nodes',
    unit: 'count',
    min: 1,
    max: 1e6,
    why: 'between one node and a million',
    // As far as three levels of the smallest common switch reach; more can be typed.
    slider: [2, 1536],
    snap: 'power2',
    scale: 'log',
    integer: true,
    help: 'Servers, or racks where a rack is one NVLink domain.',
    url: 'bnd',
  },
  fabricPorts: choice(
    'Ports a node',
    'bnn',
    'NICs of the compute network, one for each GPU in most training servers.',
    numbers(1, 2, 4, 8, 16),
  ),
  fabricSwitch: {
    kind: 'choice',
    label: 'Switch',
    hint: ({ fabricSwitch }) => {
      const found = switches.find(({ id }) => id === fabricSwitch);
      return found ? `${found.ports} × ${formatQuantity({ value: found.portBandwidth, unit: 'B/s' })}` : '';
    },
    help: 'Fixes the radix and the rate of a port, which is the NIC’s too.',
    url: 'bsw',
    options: remember([], () => [
      {
        label: 'Switch',
        options: switches.map((s) => ({ value: s.id, label: `${s.name}, ${s.generation}` })),
      },
    ]),
  },
  fabricPlanes: choice(
    'Ports',
    'bpl',
    'Split in two, a switch has twice the ports of half the rate; the halves of a NIC’s port then join two networks.',
    [
      ['1', 'whole'],
      ['2', 'split, twin planes'],
    ],
  ),
  fabricLevels: choice('Levels', 'blv', 'Leaves only, leaves and spines, or a core above them.', [
    ['fewest', 'as few as needed'],
    ['1', 'one'],
    ['2', 'two'],
    ['3', 'three'],
  ]),
  fabricWiring: choice(
    'Wiring',
    'bwr',
    'By rail, NIC i of every node goes to leaf i of its unit; by node, all NICs of a node go to one leaf.',
    [
      ['rails', 'by rail'],
      ['nodes', 'by node'],
    ],
  ),
  fabricTaper: choice(
    'Oversubscription',
    'bos',
    'Ports of a leaf towards nodes for each port towards spines.',
    [
      ['1', '1:1, none'],
      ['1.5', '1.5:1'],
      ['2', '2:1'],
      ['3', '3:1'],
      ['4', '4:1'],
    ],
  ),
  fabricExtra: choice(
    'Other ports',
    'bxp',
    'Machines on the same leaves that are not nodes. NVIDIA’s table for H100 has four for UFM.',
    [
      ['0', 'none'],
      ['4', 'four, for UFM'],
    ],
  ),
  fabricCopper: choice('Nodes to leaves', 'bcc', 'Copper needs no optics and reaches two or three metres.', [
    ['optical', 'optical'],
    ['copper', 'copper'],
  ]),
  priceSwitch: price('Price of a switch', 'bps', [1e3, 2e5], ASSUMED),
  priceNic: price('Price of a NIC', 'bpn', [100, 1e4], ASSUMED),
  priceOptic: price(
    'Price of an optic',
    'bpo',
    [50, 5e3],
    `A transceiver, or one end of an active cable. ${ASSUMED}`,
  ),
  priceCable: price('Price of a cable', 'bpc', [10, 1e3], ASSUMED),
  powerSwitch: power('Power of a switch', 'bws', [100, 5e3], `Without its optics. ${ASSUMED}`),
  powerNic: power('Power of a NIC', 'bwn', [5, 100], ASSUMED),
  powerOptic: power('Power of an optic', 'bwo', [1, 30], ASSUMED),
};

/** The running example: eight HDR ports a node, tensor parallelism inside the node. Prices and watts are assumptions. */
export const infinibandDefaults = {
  linkRate: 25e9,
  stepTensor: '8',
  stepPipeline: '8',
  stepChunks: '12',
  stepMicro: '1',
  stepRules: 'megatron-2022',
  fabricNodes: 128,
  fabricPorts: '8',
  fabricSwitch: 'quantum',
  fabricPlanes: '1',
  fabricLevels: 'fewest',
  fabricWiring: 'rails',
  fabricTaper: '1',
  fabricExtra: '0',
  fabricCopper: 'optical',
  priceSwitch: 20_000,
  priceNic: 1_000,
  priceOptic: 300,
  priceCable: 100,
  powerSwitch: 500,
  powerNic: 20,
  powerOptic: 5,
} as const satisfies InfinibandValues;
