/**
 * The catalogue as a browser needs it: plain numbers, no sources. The same records with their sources are in
 * sources.ts, for build time only; scripts outside Vite read them through node.ts.
 */
import type { Gpu, Model } from '#estimator';

/** A GPU of the catalogue: what the estimator needs, and the name people use. */
export interface GpuRecord extends Gpu {
  /** "A800" where `name` is "A800 SXM4 80 GB". */
  readonly short: string;
  /** True while its maker calls the figures preliminary. */
  readonly preliminary?: true;
  /** NVLinks of one GPU; absent without NVLink. */
  readonly nvlinkLinks?: number;
}

/** A published model: its shape, and the size that its paper prints. */
export interface ModelRecord {
  readonly id: string;
  readonly name: string;
  readonly family: string;
  readonly year: number;
  /** Nominal N as its paper prints it, such as 175e9. */
  readonly parameters: number;
  /** Tokens it was trained on, where that is known. */
  readonly tokens?: number;
  readonly shape: Model;
}

const gpuFiles = import.meta.glob<GpuRecord>('../../content/data/gpus/*.json', {
  eager: true,
  import: 'default',
  query:
    '?values=id,name,short,preliminary,architecture,year,peak,sparsity,memory,memoryBandwidth,nvlinkBandwidth,nvlinkLinks,power,sms,clock,tensorClock,sparsityByFormat',
});

const modelFiles = import.meta.glob<ModelRecord>('../../content/data/models/*.json', {
  eager: true,
  import: 'default',
  query: '?values=id,name,family,year,parameters,tokens,shape',
});

/** Every GPU, oldest first, slowest first within a year. */
export const gpus: readonly GpuRecord[] = Object.values(gpuFiles).sort(
  (a, b) => a.year - b.year || (a.peak.fp16 ?? 0) - (b.peak.fp16 ?? 0),
);

/** Every model, oldest family first, small to large. */
export const models: readonly ModelRecord[] = Object.values(modelFiles).sort(
  (a, b) => a.year - b.year || a.family.localeCompare(b.family) || a.parameters - b.parameters,
);

/** The GPU of that id. Throws on an unknown id: presets and pages name ids, readers never do. */
export const gpuById = (id: string): GpuRecord => found(gpus, id);

/** The model of that id. Throws on an unknown id, like `gpuById`. */
export const modelById = (id: string): ModelRecord => found(models, id);

function found<T extends { readonly id: string }>(records: readonly T[], id: string): T {
  const record = records.find((candidate) => candidate.id === id);
  if (record === undefined) throw new Error(`The catalogue has no "${id}"`);
  return record;
}
