import { fabric, type Fabric } from '#estimator';
import { formatQuantity, significant, whole } from '#format';
import type { SourcedFabric } from '#catalog/network-schema.ts';
import { stripSources } from '#catalog/values.ts';

/** A port's rate as people say it and in bytes: `200 Gb/s = 25 GB/s`. */
export const portRate = (value: number): string =>
  `${significant((value * 8) / 1e9)} Gb/s = ${formatQuantity({ value, unit: 'B/s' })}`;

/** A count of a table; a dash where its maker prints none. */
export const printed = (value: number): string => (value === 0 ? '–' : whole(value));

type Row = SourcedFabric['table']['value'][number];

/** A row of a reference design, what the estimator makes of it, and whether they are equal. */
export interface CheckedRow {
  readonly row: Row;
  readonly equal: boolean;
  /** GPUs that the nodes hold, where the table prints another number. */
  readonly gpus: number | null;
}

const equals = ({ leaves, spines, cores, cables }: Fabric, row: Row): boolean =>
  leaves === row.leaf &&
  spines === row.spine &&
  cores === row.core &&
  cables.toNodes === row.nodeLeaf &&
  cables.leafSpine === row.leafSpine &&
  cables.spineCore === row.spineCore;

/** Every row of a reference design, built again by the estimator. */
export function checkedRows(design: SourcedFabric): readonly CheckedRow[] {
  const spec = stripSources(design);
  return spec.table.map((row) => {
    const built = fabric({ ...spec, nodes: row.nodes });
    const gpus = row.nodes * spec.portsPerNode;
    return { row, equal: built.ok && equals(built.value, row), gpus: gpus === row.gpus ? null : gpus };
  });
}

const NAMES: Readonly<Record<string, string>> = {
  year: 'Year',
  server: 'Server',
  switch: 'Switch',
  portsPerNode: 'Ports of a node in a plane',
  planes: 'Planes',
  radix: 'Ports of a switch',
  portBandwidth: 'Rate of a port',
  linksPerCable: 'Links in a cable',
  extraPorts: 'Ports of other machines',
  unitNodes: 'Nodes of a unit',
  table: 'The table',
};

/** The path of a fact in a design's record, in the reader's words. */
export const fabricFieldName = (path: string): string => NAMES[path] ?? path;
