import { designs, switches, type DesignRecord, type DesignRow } from '#catalog/fabrics.ts';
import {
  fabric,
  type Fabric,
  type FabricPrices,
  type FabricSpec,
  type Issue,
  type Outcome,
} from '#estimator';
import type { FieldKey, Values } from '#scenario';

/** The reader's fields as a fabric. Split ports double the radix and halve the rate; two halves share a cable. */
export function specOf(values: Values): FabricSpec {
  const found = switches.find(({ id }) => id === values.fabricSwitch)!;
  const planes = Number(values.fabricPlanes);
  const { fabricLevels: levels } = values;
  return {
    nodes: values.fabricNodes,
    portsPerNode: Number(values.fabricPorts),
    radix: planes * found.ports,
    portBandwidth: found.portBandwidth / planes,
    levels: levels === 'fewest' ? levels : (Number(levels) as 1 | 2 | 3),
    wiring: values.fabricWiring,
    oversubscription: Number(values.fabricTaper),
    planes,
    extraPorts: Number(values.fabricExtra),
    linksPerCable: planes,
  };
}

export const pricesOf = (values: Values): FabricPrices => ({
  switch: { price: values.priceSwitch, power: values.powerSwitch },
  nic: { price: values.priceNic, power: values.powerNic },
  optic: { price: values.priceOptic, power: values.powerOptic },
  cable: { price: values.priceCable, power: 0 },
  copperToNodes: values.fabricCopper === 'copper',
});

const FIELDS: Readonly<Record<string, FieldKey>> = {
  nodes: 'fabricNodes',
  portsPerNode: 'fabricPorts',
  radix: 'fabricSwitch',
  levels: 'fabricLevels',
  oversubscription: 'fabricTaper',
};

const atFields = (issues: readonly Issue[]): Issue[] =>
  issues.map((issue) => ({ ...issue, path: FIELDS[issue.path] ?? 'fabricNodes' }));

/** The fabric of the reader's fields, or what makes it impossible, at the field to change. */
export function built(values: Values): Outcome<Fabric> {
  const outcome = fabric(specOf(values));
  return outcome.ok ? outcome : { ok: false, issues: atFields(outcome.issues) };
}

/** A row of a reference design beside a fabric. */
export interface Nearest {
  readonly design: DesignRecord;
  readonly row: DesignRow;
  /** The fabric is that row to the last switch and cable. */
  readonly same: boolean;
}

const equals = ({ leaves, spines, cores, cables }: Fabric, nodes: number, row: DesignRow): boolean =>
  nodes === row.nodes &&
  leaves === row.leaf &&
  spines === row.spine &&
  cores === row.core &&
  cables.toNodes === row.nodeLeaf &&
  cables.leafSpine === row.leafSpine &&
  cables.spineCore === row.spineCore;

/** How unlike: factors of two in nodes, ports and bandwidth, and a step for other planes. */
function distance(spec: FabricSpec, design: DesignRecord, row: DesignRow): number {
  const factor = (a: number, b: number): number => Math.abs(Math.log2(a / b));
  const planes = spec.planes === design.planes ? 0 : 1;
  return (
    factor(spec.nodes, row.nodes) +
    factor(spec.radix, design.radix) +
    factor(spec.portBandwidth, design.portBandwidth) +
    factor(spec.portsPerNode, design.portsPerNode) +
    planes
  );
}

/** The row of NVIDIA's tables that is most like a fabric in size, radix and rate. */
export function nearestDesign(spec: FabricSpec, answer: Fabric): Nearest {
  const all = designs.flatMap((design) => design.table.map((row) => ({ design, row })));
  const [first = all[0]!] = [...all].sort(
    (a, b) => distance(spec, a.design, a.row) - distance(spec, b.design, b.row),
  );
  return { ...first, same: equals(answer, spec.nodes, first.row) };
}
