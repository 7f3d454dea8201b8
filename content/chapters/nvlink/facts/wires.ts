import { pathsBetween } from '#estimator';
import { assumed } from '../published.ts';
import {
  count,
  gpuOf,
  linkRate,
  linksOf,
  node,
  nvlink,
  plain,
  rate,
  times,
  topology,
  type Fact,
} from './shared.ts';

/** One server of each generation of NVLink, under the name that the facts give it. */
const GENERATIONS = {
  gen1: 'dgx-1-p100',
  gen2: 'dgx-1-v100',
  gen3: 'dgx-a100',
  gen4: 'dgx-h100',
  gen5: 'dgx-b200',
} as const;

const table = Object.fromEntries(
  Object.entries(GENERATIONS).flatMap(([name, id]): [string, Fact][] => [
    [`${name}Links`, () => count(linksOf(id))],
    [`${name}Link`, () => rate(linkRate(id))],
    [`${name}Each`, () => rate(nvlink(id))],
    [`${name}Both`, () => rate(2 * nvlink(id))],
  ]),
);

const bisections = Object.fromEntries(
  ['dgx-1-p100', 'dgx-1-v100', 'dgx-2', 'dgx-a100', 'dgx-h100', 'dgx-b200', 'gb200-nvl72'].map(
    (id): [string, Fact] => [`bisection-${id}`, () => rate(topology(id).bisection)],
  ),
);

/** Pairs of the eight GPUs, and those of them with an NVLink of their own. */
const PAIRS = (8 * 7) / 2;
const linkedPairs = (): number =>
  topology('dgx-1-v100').connections.filter(({ wire }) => wire === 'nvlink').length;
const state = (parameters: number): number => parameters * assumed.stateBytes;

export const wireFacts: Record<string, Fact> = {
  ...table,
  ...bisections,
  state: ({ model }) => plain(state(model.parameters), 'B'),
  cards: ({ model, cluster }) => count(Math.ceil(state(model.parameters) / cluster.gpu.memory)),
  pcie3: () => rate(node('dgx-1-v100').pcieBandwidth),
  pcie4: () => rate(node('dgx-a100').pcieBandwidth),
  pcie5: () => rate(node('dgx-h100').pcieBandwidth),
  overPcieA100: () => times(nvlink('dgx-a100') / node('dgx-a100').pcieBandwidth, 2),
  overPcieH100: () => times(nvlink('dgx-h100') / node('dgx-h100').pcieBandwidth, 2),
  overPcieNaive: () => times((2 * nvlink('dgx-h100')) / node('dgx-h100').pcieBandwidth, 3),
  hbmA100: () => rate(gpuOf('dgx-a100').memoryBandwidth),
  hbmOverPcie: () => times(gpuOf('dgx-a100').memoryBandwidth / node('dgx-a100').pcieBandwidth, 2),
  pairs: () => count(PAIRS),
  linkedPairs: () => count(linkedPairs()),
  unlinkedPairs: () => count(PAIRS - linkedPairs()),
  meshSingle: () => rate(pathsBetween(topology('dgx-1-v100'), 0, 1).bandwidth),
  meshDouble: () => rate(pathsBetween(topology('dgx-1-v100'), 0, 3).bandwidth),
  meshRelay: () => rate(pathsBetween(topology('dgx-1-v100'), 0, 5).bandwidth),
  dgx2Pair: () => rate(pathsBetween(topology('dgx-2'), 0, 15).bandwidth),
  dgx2OverMesh: () => times(topology('dgx-2').bisection / 16 / (topology('dgx-1-v100').bisection / 8), 2),
  dgx2Switches: () => count(node('dgx-2').nvswitches ?? Number.NaN),
  a100Switches: () => count(node('dgx-a100').nvswitches ?? Number.NaN),
  h100Switches: () => count(node('dgx-h100').nvswitches ?? Number.NaN),
  b200Switches: () => count(node('dgx-b200').nvswitches ?? Number.NaN),
  nvl72Switches: () => count(node('gb200-nvl72').nvswitches ?? Number.NaN),
  nvl72Gpus: () => count(node('gb200-nvl72').nvlinkDomain),
  nvl72Total: () => rate(2 * node('gb200-nvl72').nvlinkDomain * nvlink('gb200-nvl72')),
};
