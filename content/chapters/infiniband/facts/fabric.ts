import { designs } from '#catalog/fabrics.ts';
import { fabricBill, mostPorts, type Fabric } from '#estimator';
import type { Scenario } from '#scenario';
import { pricesOf, specOf } from '../../../../src/widgets/cluster-builder/build.ts';
import { built, count, plain, rate, ratio, times, type Fact } from './shared.ts';

/** The running example's nodes on switches of 40 HDR ports, as the cell starts, and on 64 NDR ports. */
const hdr = ({ values }: Scenario): Fabric => built(specOf(values));
const onNdr = (s: Scenario, more: Parameters<typeof built>[0] | object = {}): Fabric =>
  built({ ...specOf(s.values), radix: 64, portBandwidth: 50e9, ...more });

const rowsCompared = designs.reduce((sum, { table }) => sum + table.length, 0);
const row = (id: string, nodes: number) => {
  const design = designs.find((one) => one.id === id)!;
  return { design, built: built({ ...design, nodes }) };
};
const threeUnits = row('superpod-h100-ndr', 95);
const xdrLast = row('superpod-b300-xdr', 1296);

const bill = (s: Scenario, f: Fabric) => fabricBill(f, pricesOf(s.values));
const share = (s: Scenario, part: string, of: 'price' | 'power'): number => {
  const { lines, [of]: total } = bill(s, hdr(s));
  const line = lines.find((one) => one.part === part)!;
  return (line.count * line[of]) / total;
};

export const fabricFacts = {
  nodes: (s) => count(s.values.fabricNodes),
  twoLevel40: () => count(mostPorts(40, 2)),
  twoLevel64: () => count(mostPorts(64, 2)),
  threeLevel40: () => count(mostPorts(40, 3)),
  threeLevel64: () => count(mostPorts(64, 3)),
  hdrPorts: (s) => count(hdr(s).ports),
  hdrLeaves: (s) => count(hdr(s).leaves),
  hdrSpines: (s) => count(hdr(s).spines),
  hdrCores: (s) => count(hdr(s).cores),
  hdrSwitches: (s) => count(hdr(s).switches),
  hdrCables: (s) => count(hdr(s).cables.total),
  ndrLeaves: (s) => count(onNdr(s).leaves),
  ndrSpines: (s) => count(onNdr(s).spines),
  ndrSwitches: (s) => count(onNdr(s).switches),
  ndrCables: (s) => count(onNdr(s).cables.total),
  ndrNodeCables: (s) => count(onNdr(s).cables.toNodes),
  ndrSpineCables: (s) => count(onNdr(s).cables.leafSpine),
  switchesSaved: (s) => times(hdr(s).switches / onNdr(s).switches),
  hdrBisection: (s) => rate(hdr(s).bisection),
  ndrBisection: (s) => rate(onNdr(s).bisection),
  taperedShare: (s) => ratio(onNdr(s, { oversubscription: 3 }).bisectionShare),
  taperedLeaves: (s) => count(onNdr(s, { oversubscription: 3 }).leaves),
  taperedUplinks: (s) => count(onNdr(s, { oversubscription: 3 }).cables.leafSpine),
  taperedSwitches: (s) => count(onNdr(s, { oversubscription: 3 }).switches),
  taperedDown: (s) => count(onNdr(s, { oversubscription: 3 }).leafDown),
  taperedUp: (s) => count(onNdr(s, { oversubscription: 3 }).leafUp),
  rowsCompared: () => count(rowsCompared),
  threeUnitLeaves: () => count(threeUnits.built.leaves),
  threeUnitLinks: () => count(threeUnits.built.cables.leafSpine),
  threeUnitNeeded: () => count(threeUnits.built.cables.leafSpine / 64),
  xdrLastGpus: () => plain(1296 * xdrLast.design.portsPerNode, 'GPU'),
  xdrLastCables: () => count(xdrLast.built.cables.toNodes),
  xdrLastLeaves: () => count(xdrLast.built.leaves),
  xdrMost: () => count(mostPorts(144, 2)),
  opticsShare: (s) => ratio(share(s, 'optic', 'price')),
  switchShare: (s) => ratio(share(s, 'switch', 'price')),
  nicShare: (s) => ratio(share(s, 'nic', 'price')),
  opticCount: (s) => count(bill(s, hdr(s)).lines.find(({ part }) => part === 'optic')!.count),
} satisfies Record<string, Fact>;
