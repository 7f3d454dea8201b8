import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { publishedRuns, efficiencySpread, runPoints, runs } from '#catalog/runs.ts';
import { expandRuns } from '#catalog/run-file.ts';
import { readRuns } from '#catalog/node.ts';

const measuredRuns = runs.filter(({ measured }) => !measured.oom);
const point = (id: string) => runPoints.find((candidate) => candidate.id === id)!;

const sorted = (node: unknown): unknown => {
  if (Array.isArray(node)) return node.map(sorted);
  if (typeof node !== 'object' || node === null) return node;
  const entries = Object.entries(node).map(([key, value]) => [key, sorted(value)] as const);
  return Object.fromEntries(entries.sort(([a], [b]) => (a < b ? -1 : 1)));
};

test('every collected run is here, by tier, and those that ran out of memory', () => {
  const count = (tier: string): number => measuredRuns.filter((run) => run.tier === tier).length;
  expect({ A: count('A'), B: count('B'), C: count('C'), oom: runs.length - measuredRuns.length }).toEqual({
    A: 942,
    B: 433,
    C: 1454,
    oom: 426,
  });
  expect(new Set(runs.map(({ id }) => id)).size).toBe(runs.length);
});

test('rows expand to exactly the fields and values that were collected', () => {
  // Digest of all 3,253 rows as collected in November 2026; only titles and notes were put into our own words. Two rows
  // of Narayanan 2021, Table 2, were not among them and came later.
  const later = ['megatron-sc21-t2-zero3-529-6b-1120gpu', 'megatron-sc21-t2-ptdp-174-6b-384gpu'];
  const rows = runs
    .filter(({ id }) => !later.includes(id))
    .sort((a, b) => (a.id < b.id ? -1 : 1))
    .map(({ group: _group, notes: _notes, source, ...rest }) => ({
      ...rest,
      source: { url: source.url, where: source.where, year: source.year },
    }));
  expect(
    createHash('sha256')
      .update(JSON.stringify(sorted(rows)))
      .digest('hex'),
  ).toBe('2d977d9d4e56d180cffbd3a4c813f6fe16aae44895d6e4e7c9b80e21690ba1f0');
});

test('one row in full', () => {
  const run = runs.find(({ id }) => id === 'korthikanti-t5-175b-sp-selective')!;
  expect(run).toMatchObject({
    source: { reference: 'korthikanti2022', year: 2022 },
    model: { name: '175B', layers: 96, hidden: 12288, vocab: 51200, seqLen: 2048 },
    hardware: { gpu: 'A100-80GB-SXM', gpus: 64, gpusPerNode: 8 },
    execution: { tp: 8, pp: 8, dp: 1, vpp: 3, globalBatch: 64, precision: 'fp16', recompute: 'selective' },
    measured: { stepTimeS: 13.75, mfu: 0.514, hfu: 0.528 },
    tier: 'A',
  });
});

test('a script without Vite reads the same runs', () => {
  expect(
    readRuns()
      .map(({ id }) => id)
      .sort(),
  ).toEqual(runs.map(({ id }) => id).sort());
});

test('Korthikanti 2022, Table 5: MFU 41.5, 51.4, 56.0, 56.3% within 0.2 points', () => {
  const published = { '22b': 0.415, '175b': 0.514, '530b': 0.56, '1t': 0.563 };
  for (const [size, mfu] of Object.entries(published)) {
    expect(Math.abs(point(`korthikanti-t5-${size}-sp-selective`).mfu - mfu), size).toBeLessThan(0.002);
  }
});

test('an FP8 run has twice the MFU over the BF16 peak', () => {
  const { mfu, mfuBf16, mfuCausal, basis } = point('deepseek-v3-2048h800');
  expect(mfuBf16 / mfu).toBeCloseTo(2, 3);
  expect(mfuCausal).toBeLessThan(mfu);
  expect(basis).toBe('computed');
});

test('a run whose source prints no throughput keeps the reported MFU', () => {
  expect(point('llama3-405b-t4-16384gpu-seq8192')).toMatchObject({ basis: 'reported', mfu: 0.41 });
});

test('no run that counts recomputation alone, or ran out of memory, has an MFU', () => {
  const ids = new Set(runPoints.map(({ id }) => id));
  expect(runs.filter(({ id, measured }) => measured.oom && ids.has(id))).toEqual([]);
  expect(runPoints.filter(({ mfu }) => !(mfu > 0 && mfu < 0.8))).toEqual([]);
});

test('the chart has at most 320 runs, the best of each kind among them', () => {
  const chart = publishedRuns();
  expect(chart.length).toBeGreaterThan(200);
  expect(chart.length).toBeLessThanOrEqual(320);
  expect(chart.some(({ id }) => id === 'korthikanti-t5-1t-sp-selective')).toBe(true);
  expect(chart.some(({ sourceKey }) => sourceKey === 'tazi2025')).toBe(false);
  expect(chart.some(({ modelName }) => /proxy/.test(modelName))).toBe(false);
});

test('the talk’s case has a spread, of A100 runs around its size', () => {
  const spread = efficiencySpread({ family: 'A800', precision: 'fp16', parameters: 175e9 })!;
  expect(spread).toMatchObject({ families: ['A100'], factor: 3 });
  expect(spread.p10).toBeLessThan(0.35);
  expect(spread.p90).toBeGreaterThan(0.5);
});

test('a row that names an entry its file does not have is refused', () => {
  const file = {
    id: 'x',
    sources: [{ reference: 'a', title: 't', url: 'https://example.org', year: 2020 }],
    models: [],
    hardware: [],
    common: {},
    columns: ['id', 'source', 'where', 'tier', 'model', 'hardware'],
    rows: [['r', 0, 'Table 1', 'A', 0, 0]],
  };
  expect(() => expandRuns('x.json', file)).toThrow('Run "r" names model 0');
  expect(() => expandRuns('x.json', { ...file, rows: [['r', 0, 'Table 1', 'D', 0, 0]] })).toThrow(
    /x\.json, row 0/,
  );
  expect(() => expandRuns('x.json', { ...file, rows: 1 })).toThrow(/x\.json[\s\S]*rows/);
});
