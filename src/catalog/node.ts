/**
 * The catalogue read from disk and checked, for scripts and tests that run without Vite. Same records as sources.ts.
 * Throws with the file and the field when a record does not fit its schema.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { parseMeasured, type MeasuredCollectives } from './measured.ts';
import {
  parseFabric,
  parseInfiniband,
  parseSwitch,
  type SourcedFabric,
  type SourcedInfiniband,
  type SourcedSwitch,
} from './network-schema.ts';
import { expandRuns, type Run } from './run-file.ts';
import {
  parseGpu,
  parseModel,
  parseNode,
  type GpuRecord,
  type SourcedModel,
  type SourcedNode,
} from './schema.ts';

const data = new URL('../../content/data/', import.meta.url);

function folder<T>(name: string, parse: (file: string, json: unknown) => T): readonly T[] {
  const url = new URL(`${name}/`, data);
  return readdirSync(url)
    .filter((file) => file.endsWith('.json'))
    .sort()
    .map((file) =>
      parse(`content/data/${name}/${file}`, JSON.parse(readFileSync(new URL(file, url), 'utf8'))),
    );
}

/** Every GPU with its sources. */
export const readGpus = (): readonly GpuRecord[] => folder('gpus', parseGpu);

/** Every model with its sources. */
export const readModels = (): readonly SourcedModel[] => folder('models', parseModel);

/** Every server with its sources. */
export const readNodes = (): readonly SourcedNode[] => folder('nodes', parseNode);

/** Every generation of InfiniBand with its sources. */
export const readInfiniband = (): readonly SourcedInfiniband[] => folder('infiniband', parseInfiniband);

/** Every switch with its sources. */
export const readSwitches = (): readonly SourcedSwitch[] => folder('switches', parseSwitch);

/** Every reference design of a fabric with its sources. */
export const readFabrics = (): readonly SourcedFabric[] => folder('fabrics', parseFabric);

/** Every file of measured collectives. */
export const readMeasured = (): readonly MeasuredCollectives[] =>
  folder('measured/collectives', parseMeasured);

/** Every published training run, in full, by file. */
export const readRuns = (): readonly Run[] => folder('runs', expandRuns).flat();
