import { parseFabric, parseInfiniband, parseSwitch } from './network-schema.ts';
import { parseGpu, parseModel, parseNode } from './schema.ts';

/** Folders of content/data with one record a file, and how a file of each is checked. The one list of them. */
export const FOLDERS = {
  gpus: parseGpu,
  models: parseModel,
  nodes: parseNode,
  infiniband: parseInfiniband,
  switches: parseSwitch,
  fabrics: parseFabric,
} as const;

export type Folder = keyof typeof FOLDERS;

/** A checked record of that folder, with its sources. */
export type RecordOf<F extends Folder> = ReturnType<(typeof FOLDERS)[F]>;

/**
 * The files of a folder as checked records, in the order of their names.
 * @param files JSON by path; those of other folders are left out
 * @throws with the file and the fields that do not fit
 */
export function recordsOf<F extends Folder>(
  folder: F,
  files: Readonly<Record<string, unknown>>,
): readonly RecordOf<F>[] {
  const parse = FOLDERS[folder] as (file: string, json: unknown) => RecordOf<F>;
  return Object.entries(files)
    .filter(([file]) => file.includes(`content/data/${folder}/`))
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([file, json]) => parse(file, json));
}
