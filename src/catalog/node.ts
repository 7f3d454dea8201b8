/**
 * The catalogue read from disk and checked, for scripts and tests that run without Vite. Same records as sources.ts.
 * Throws with the file and the field when a record does not fit its schema.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { recordsOf, type Folder, type RecordOf } from './folders.ts';
import { parseMeasured, type MeasuredCollectives } from './measured.ts';
import { expandRuns, type Run } from './run-file.ts';

const data = new URL('../../content/data/', import.meta.url);

/** Every JSON file of a folder of content/data, by path, in the order of their names. */
function filesOf(folder: string): Readonly<Record<string, unknown>> {
  const url = new URL(`${folder}/`, data);
  return Object.fromEntries(
    readdirSync(url)
      .filter((file) => file.endsWith('.json'))
      .sort()
      .map((file) => [
        `content/data/${folder}/${file}`,
        JSON.parse(readFileSync(new URL(file, url), 'utf8')) as unknown,
      ]),
  );
}

const read = <F extends Folder>(folder: F): readonly RecordOf<F>[] => recordsOf(folder, filesOf(folder));

/** Every GPU with its sources. */
export const readGpus = () => read('gpus');

/** Every model with its sources. */
export const readModels = () => read('models');

/** Every server with its sources. */
export const readNodes = () => read('nodes');

/** Every generation of InfiniBand with its sources. */
export const readInfiniband = () => read('infiniband');

/** Every switch with its sources. */
export const readSwitches = () => read('switches');

/** Every reference design of a fabric with its sources. */
export const readFabrics = () => read('fabrics');

/** Every file of measured collectives. */
export const readMeasured = (): readonly MeasuredCollectives[] =>
  Object.entries(filesOf('measured/collectives')).map(([file, json]) => parseMeasured(file, json));

/** Every published training run, in full, by file. */
export const readRuns = (): readonly Run[] =>
  Object.entries(filesOf('runs')).flatMap(([file, json]) => expandRuns(file, json));
