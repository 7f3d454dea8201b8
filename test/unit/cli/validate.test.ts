import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { ROOT } from '../../helpers/files.ts';
import { row } from '../validation/row.ts';

const folder = mkdtempSync(join(tmpdir(), 'validate-'));
afterAll(() => rmSync(folder, { recursive: true }));

let files = 0;
function file(text: string): string {
  const path = join(folder, `runs-${files++}.json`);
  writeFileSync(path, text);
  return path;
}

function validate(...args: readonly string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, ['src/cli/validate.ts', ...args], {
    cwd: ROOT,
    encoding: 'utf8',
    maxBuffer: 64 * 2 ** 20,
  });
  return { status, stdout, stderr };
}

interface Report {
  readonly runs: readonly Readonly<Record<string, unknown>>[];
  readonly outOfMemory: readonly unknown[];
  readonly skipped: readonly { readonly id: string; readonly reason: string }[];
  readonly summary: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
}

function report(...args: readonly string[]): Report {
  const { status, stdout, stderr } = validate(...args, '--json');
  expect([status, stderr]).toEqual([0, '']);
  return JSON.parse(stdout) as Report;
}

const mixed = JSON.stringify([
  row({ id: 'whole', measured: { stepTimeS: 10, memGiB: 60 } }),
  row({ id: 'gaps', execution: { zeroStage: null } }),
  row({ id: 'too-much', measured: { stepTimeS: null, oom: true } }),
  row({ id: 'unknown-gpu', hardware: { gpu: 'TPU v4' } }),
  { ...row({ id: 'serving' }), measured: { ttftMs: 3 } },
]);

test('the JSON has a row for each quantity, the reasons of what was skipped, and the summary', () => {
  const { runs, outOfMemory, skipped, summary } = report(file(mixed));
  expect(runs.map(({ id, quantity }) => [id, quantity])).toEqual([
    ['whole', 'stepTimeS'],
    ['whole', 'memGiB'],
    ['gaps', 'stepTimeS'],
  ]);
  for (const { measured, predicted, error } of runs)
    expect(error).toBeCloseTo(Number(predicted) / Number(measured) - 1, 12);
  expect(runs.map((run) => 'filled' in run)).toEqual([false, false, true]);
  expect(outOfMemory).toHaveLength(1);
  expect(skipped.map(({ id }) => id)).toEqual(['unknown-gpu', 'serving']);
  expect(Object.keys(summary.overall ?? {})).toEqual(['count', 'median', 'mean', 'p90', 'worst']);
  expect(summary.overall?.count).toBe(2);
  expect(summary.bySource).toHaveProperty(['A made-up source', 'count'], 2);
});

test('the table says the same in words', () => {
  const { status, stdout } = validate(file(mixed), '--by', 'gpu,framework');
  expect(status).toBe(0);
  for (const words of [
    /^whole +stepTimeS +10 /m,
    /^whole +memGiB +60 /m,
    /^ {2}too-much: predicted/m,
    /^ {2}gaps: zeroStage: 1, the habit of the megatron-core family$/m,
    /^ {2}unknown-gpu: the catalogue has no GPU called "TPU v4"$/m,
    /^overall +2 /m,
    /^by source +count +median +mean +p90 +worst$/m,
    /^by gpu /m,
    /^megatron-core +2 /m,
    /^2 times and 1 memories compared, 2 runs skipped\.$/m,
  ])
    expect(stdout).toMatch(words);
});

test('without a file it reads the runs of the project, and compares nearly all', () => {
  const { runs, skipped, summary } = report();
  expect(runs.length).toBeGreaterThan(2700);
  expect(skipped.length).toBeLessThan(120);
  expect(Object.keys(summary.byTier ?? {})).toEqual(['A', 'B', 'C']);
});

test('an object with the runs in "runs" will do, and an empty list is no error', () => {
  expect(report(file(`{"runs": ${mixed}}`)).runs).toHaveLength(3);
  expect(report(file('[]'))).toMatchObject({ runs: [], skipped: [], summary: { overall: null } });
});

test.each([
  ['not JSON', () => [file('{"runs": [')], /^validate: .*runs-\d+\.json is not JSON: /],
  ['no list', () => [file('{"a": 1}')], /must hold an array of runs, or an object with one in "runs"\.\n$/],
  ['null', () => [file('null')], /must hold an array of runs/],
  ['absent', () => [join(folder, 'nowhere.json')], /nowhere\.json cannot be read\.\n$/],
  ['two files', () => ['a.json', 'b.json'], /^validate: One file of runs at a time, not 2\.\n$/],
  ['a key it cannot group by', () => ['--by', 'colour'], /--by takes gpu, framework, .* not "colour"\.\n$/],
  ['an unknown option', () => ['--jsno'], /^validate: Unknown option '--jsno'/],
] as const)('%s gives a clear message and fails', (_, args, message) => {
  const { status, stdout, stderr } = validate(...args());
  expect([status, stdout]).toEqual([1, '']);
  expect(stderr).toMatch(message);
  expect(stderr.split('\n').length).toBeLessThanOrEqual(4);
});

test('rows that are garbage are skipped with a reason each', () => {
  const garbage = [null, 3, 'x', [], {}, { id: 'a', model: 'GPT' }, row({ id: 'b', hardware: { gpus: -4 } })];
  const { runs, skipped } = report(file(JSON.stringify(garbage)));
  expect(runs).toEqual([]);
  expect(skipped.map(({ id }) => id)).toEqual(['row 0', 'row 1', 'row 2', 'row 3', 'row 4', 'a', 'b']);
  expect(skipped.every(({ reason }) => reason.length > 10)).toBe(true);
});
