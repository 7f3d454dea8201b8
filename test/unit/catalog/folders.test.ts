import { expect, test } from 'vitest';
import { FOLDERS, recordsOf } from '../../../src/catalog/folders.ts';
import * as disk from '../../../src/catalog/node.ts';
import * as built from '../../../src/catalog/sources.ts';

const idsOf = (records: readonly { readonly id: string }[]): string[] => records.map(({ id }) => id).sort();

test('pages and scripts read the same records from every folder', () => {
  const pairs = {
    gpus: [built.sourcedGpus, disk.readGpus()],
    models: [built.sourcedModels, disk.readModels()],
    nodes: [built.sourcedNodes, disk.readNodes()],
    infiniband: [built.sourcedInfiniband, disk.readInfiniband()],
    switches: [built.sourcedSwitches, disk.readSwitches()],
    fabrics: [built.sourcedFabrics, disk.readFabrics()],
  } as const;
  expect(Object.keys(pairs)).toEqual(Object.keys(FOLDERS));
  for (const [page, script] of Object.values(pairs)) {
    expect(page.length).toBeGreaterThan(2);
    expect(idsOf(page)).toEqual(idsOf(script));
  }
});

test('a file that does not fit names itself', () => {
  const files = { 'content/data/gpus/x.json': { id: 'x' }, 'content/data/nodes/y.json': null };
  expect(() => recordsOf('gpus', files)).toThrow(/content\/data\/gpus\/x\.json/);
  expect(recordsOf('fabrics', files)).toEqual([]);
});
