/**
 * The catalogue with its sources, checked against the schema, for pages that are made at build time. A browser gets
 * index.ts instead.
 */
import {
  parseFabric,
  parseInfiniband,
  parseSwitch,
  type SourcedFabric,
  type SourcedInfiniband,
  type SourcedSwitch,
} from './network-schema.ts';
import {
  parseGpu,
  parseModel,
  parseNode,
  type GpuRecord,
  type SourcedModel,
  type SourcedNode,
} from './schema.ts';

const gpuFiles = import.meta.glob('../../content/data/gpus/*.json', { eager: true, import: 'default' });
const modelFiles = import.meta.glob('../../content/data/models/*.json', { eager: true, import: 'default' });

const parsed = <T>(files: Record<string, unknown>, parse: (file: string, json: unknown) => T): readonly T[] =>
  Object.entries(files).map(([file, json]) => parse(file, json));

/** Every GPU with its sources, oldest first. */
export const sourcedGpus: readonly GpuRecord[] = [...parsed(gpuFiles, parseGpu)].sort(
  (a, b) => a.year.value - b.year.value || (a.peak.fp16?.value ?? 0) - (b.peak.fp16?.value ?? 0),
);

/** Every model with its sources, oldest family first, small to large. */
export const sourcedModels: readonly SourcedModel[] = [...parsed(modelFiles, parseModel)].sort(
  (a, b) =>
    a.year.value - b.year.value ||
    a.family.localeCompare(b.family) ||
    a.parameters.value - b.parameters.value,
);

const folder = {
  nodes: import.meta.glob('../../content/data/nodes/*.json', { eager: true, import: 'default' }),
  infiniband: import.meta.glob('../../content/data/infiniband/*.json', { eager: true, import: 'default' }),
  switches: import.meta.glob('../../content/data/switches/*.json', { eager: true, import: 'default' }),
  fabrics: import.meta.glob('../../content/data/fabrics/*.json', { eager: true, import: 'default' }),
};

/** Every kind of server with its sources, oldest first. */
export const sourcedNodes: readonly SourcedNode[] = [...parsed(folder.nodes, parseNode)].sort(
  (a, b) => a.year.value - b.year.value || a.id.localeCompare(b.id),
);

/** Every generation of InfiniBand with its sources, oldest first. */
export const sourcedInfiniband: readonly SourcedInfiniband[] = [
  ...parsed(folder.infiniband, parseInfiniband),
].sort((a, b) => a.year.value - b.year.value);

/** Every switch with its sources, slowest port first. */
export const sourcedSwitches: readonly SourcedSwitch[] = [...parsed(folder.switches, parseSwitch)].sort(
  (a, b) => a.portBandwidth.value - b.portBandwidth.value || a.id.localeCompare(b.id),
);

/** Every reference design with its sources, oldest first. */
export const sourcedFabrics: readonly SourcedFabric[] = [...parsed(folder.fabrics, parseFabric)].sort(
  (a, b) => a.year.value - b.year.value || a.id.localeCompare(b.id),
);
