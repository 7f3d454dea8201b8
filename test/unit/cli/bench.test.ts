import { spawnSync } from 'node:child_process';
import { expect, test } from 'vitest';
import { ROOT } from '../../helpers/files.ts';

interface Report {
  readonly planner: readonly Readonly<Record<string, unknown>>[];
  readonly estimator: readonly Readonly<Record<string, unknown>>[];
}

test('the JSON times the named questions and single calls, and the ranking is the same in every run', () => {
  const { status, stdout, stderr } = spawnSync(process.execPath, ['src/cli/bench.ts', '--json'], {
    cwd: ROOT,
    encoding: 'utf8',
  });
  expect([status, stderr]).toEqual([0, '']);
  const { planner, estimator } = JSON.parse(stdout) as Report;
  expect(planner.map(({ question }) => question)).toEqual([
    'GPT-3 175B on 1,024 A800',
    'Llama 3 405B on 16,384 H100',
    '1T on 16,384 H100',
    'DeepSeek-V3 on 2,048 H800',
  ]);
  for (const { ms, evaluations, evaluationsPerSecond, stable } of planner) {
    expect(Number(evaluationsPerSecond)).toBeCloseTo(Number(evaluations) / (Number(ms) / 1000), -1);
    expect(Number(evaluations)).toBeGreaterThan(10_000);
    expect(stable).toBe(true);
  }
  expect(estimator.length).toBeGreaterThan(5);
  for (const { microseconds } of estimator) expect(Number(microseconds)).toBeGreaterThan(0);
});

test('an unknown option fails with a sentence', () => {
  const { status, stderr } = spawnSync(process.execPath, ['src/cli/bench.ts', '--fast'], {
    cwd: ROOT,
    encoding: 'utf8',
  });
  expect(status).toBe(1);
  expect(stderr).toMatch(/^bench: Unknown option '--fast'/);
});
