/**
 * The catalogue with its sources, checked against the schema, for pages that are made at build time. A browser gets
 * index.ts instead.
 */
import { recordsOf, type Folder, type RecordOf } from './folders.ts';

// Vite wants the pattern in one piece; a test holds it to the list of folders.
const files = import.meta.glob('../../content/data/{gpus,models,nodes,infiniband,switches,fabrics}/*.json', {
  eager: true,
  import: 'default',
});

const sorted = <F extends Folder>(
  folder: F,
  order: (a: RecordOf<F>, b: RecordOf<F>) => number,
): readonly RecordOf<F>[] => [...recordsOf(folder, files)].sort(order);

/** Every GPU with its sources, oldest first. */
export const sourcedGpus = sorted(
  'gpus',
  (a, b) => a.year.value - b.year.value || (a.peak.fp16?.value ?? 0) - (b.peak.fp16?.value ?? 0),
);

/** Every model with its sources, oldest family first, small to large. */
export const sourcedModels = sorted(
  'models',
  (a, b) =>
    a.year.value - b.year.value ||
    a.family.localeCompare(b.family) ||
    a.parameters.value - b.parameters.value,
);

/** Every kind of server with its sources, oldest first. */
export const sourcedNodes = sorted(
  'nodes',
  (a, b) => a.year.value - b.year.value || a.id.localeCompare(b.id),
);

/** Every generation of InfiniBand with its sources, oldest first. */
export const sourcedInfiniband = sorted('infiniband', (a, b) => a.year.value - b.year.value);

/** Every switch with its sources, slowest port first. */
export const sourcedSwitches = sorted(
  'switches',
  (a, b) => a.portBandwidth.value - b.portBandwidth.value || a.id.localeCompare(b.id),
);

/** Every reference design with its sources, oldest first. */
export const sourcedFabrics = sorted(
  'fabrics',
  (a, b) => a.year.value - b.year.value || a.id.localeCompare(b.id),
);
