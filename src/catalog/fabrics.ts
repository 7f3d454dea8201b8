/** InfiniBand, switches and reference designs as plain values for the browser. */

/** One row of a reference design's table. */
export interface DesignRow {
  readonly nodes: number;
  readonly gpus: number;
  readonly leaf: number;
  readonly spine: number;
  readonly core: number;
  readonly nodeLeaf: number;
  readonly leafSpine: number;
  readonly spineCore: number;
}

/** A reference design: what the estimator needs to build it, and what its maker says it takes. */
export interface DesignRecord {
  readonly id: string;
  readonly name: string;
  /** "H100, NDR". */
  readonly short: string;
  readonly year: number;
  readonly portsPerNode: number;
  readonly planes: number;
  readonly radix: number;
  readonly portBandwidth: number;
  readonly linksPerCable: number;
  readonly extraPorts: number;
  readonly unitNodes: number;
  readonly table: readonly DesignRow[];
}

/** A switch of the catalogue. */
export interface SwitchRecord {
  readonly id: string;
  readonly name: string;
  readonly product: string;
  readonly generation: string;
  readonly ports: number;
  readonly portBandwidth: number;
}

/** A generation of InfiniBand. */
export interface InfinibandRecord {
  readonly id: string;
  readonly name: string;
  readonly year: number;
  readonly portBandwidth: number;
}

const designFiles = import.meta.glob<DesignRecord>('../../content/data/fabrics/*.json', {
  eager: true,
  import: 'default',
  query:
    '?values=id,name,short,year,portsPerNode,planes,radix,portBandwidth,linksPerCable,extraPorts,unitNodes,table',
});

const switchFiles = import.meta.glob<SwitchRecord>('../../content/data/switches/*.json', {
  eager: true,
  import: 'default',
  query: '?values=id,name,product,generation,ports,portBandwidth',
});

const infinibandFiles = import.meta.glob<InfinibandRecord>('../../content/data/infiniband/*.json', {
  eager: true,
  import: 'default',
  query: '?values=id,name,year,portBandwidth',
});

/** NVIDIA's SuperPODs, oldest first. */
export const designs: readonly DesignRecord[] = Object.values(designFiles).sort(
  (a, b) => a.year - b.year || a.id.localeCompare(b.id),
);

/** Switches, slowest port first. */
export const switches: readonly SwitchRecord[] = Object.values(switchFiles).sort(
  (a, b) => a.portBandwidth - b.portBandwidth || a.id.localeCompare(b.id),
);

/** Generations of InfiniBand, oldest first. */
export const infiniband: readonly InfinibandRecord[] = Object.values(infinibandFiles).sort(
  (a, b) => a.year - b.year,
);
