import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { trainingStep } from '#estimator';
import { ROOT } from '../../helpers/files.ts';
import { training } from '../estimator/scenarios.ts';

const folder = mkdtempSync(join(tmpdir(), 'estimate-'));
afterAll(() => rmSync(folder, { recursive: true }));

const scenario = training({
  parallelism: { tensorParallel: 8, pipelineParallel: 16, sequenceParallel: true },
  framework: 'megatron-core',
  fusedAttention: true,
  dp: 8,
  passes: 192,
});

function estimate(content: unknown, ...args: readonly string[]) {
  const path = join(folder, 'scenario.json');
  writeFileSync(path, typeof content === 'string' ? content : JSON.stringify(content));
  const { status, stdout, stderr } = spawnSync(process.execPath, ['src/cli/estimate.ts', path, ...args], {
    cwd: ROOT,
    encoding: 'utf8',
  });
  return { status, stdout, stderr };
}

test('the JSON is the estimator’s step', () => {
  const { status, stdout, stderr } = estimate(scenario, '--json');
  expect([status, stderr]).toEqual([0, '']);
  const step = trainingStep(scenario);
  expect(JSON.parse(stdout)).toEqual(JSON.parse(JSON.stringify(step.ok && step.value)));
});

test('the table shows time and memory by part; a model and a GPU may be named', () => {
  const { status, stdout } = estimate({
    ...scenario,
    model: 'gpt3-175b',
    cluster: { ...scenario.cluster, gpu: 'a800-sxm4-80gb' },
  });
  expect(status).toBe(0);
  for (const words of [
    /^TP 8 \+ SP, PP 16, ZeRO 0, micro-batch 1, recompute none$/m,
    /^step, seconds +\d/m,
    /^bubble +\d.* \d+\.\d%$/m,
    /^memory of a GPU, stage 1 +GiB$/m,
    /^total +\d+\.\d\d$/m,
  ])
    expect(stdout).toMatch(words);
});

test('what does not fit is shown, and fails with the stage and the excess', () => {
  const { status, stdout, stderr } = estimate({ ...scenario, microBatch: 8 });
  expect(status).toBe(1);
  expect(stdout).toMatch(/^step, seconds/m);
  expect(stderr).toMatch(/^memory: Pipeline stage 1 needs .* GiB more than /);
});

test('what is impossible fails with the field and the nearest legal values', () => {
  const wrong = { ...scenario, parallelism: { ...scenario.parallelism, tensorParallel: 7 } };
  const { status, stdout, stderr } = estimate(wrong);
  expect([status, stdout]).toEqual([1, '']);
  expect(stderr).toMatch(/^tensorParallel: .* 6 or 8, not 7\.$/m);
  const { stdout: json } = estimate(wrong, '--json');
  expect(JSON.parse(json)).toHaveProperty(['issues', 0, 'path'], 'tensorParallel');
});

test.each([
  ['not JSON', '{', /^estimate: .*scenario\.json cannot be read as JSON: /],
  ['a list', '[]', /must hold one scenario\.\n$/],
  ['an unknown model', { ...scenario, model: 'gpt9' }, /has no model "gpt9": .*gpt3-175b/],
  ['an empty object', '{}', /^model: A model shape is needed\.\n/],
])('%s fails with a sentence', (_, content, message) => {
  const { status, stdout, stderr } = estimate(content);
  expect([status, stdout]).toEqual([1, '']);
  expect(stderr).toMatch(message);
});

test('one file is needed', () => {
  const { status, stderr } = spawnSync(process.execPath, ['src/cli/estimate.ts'], {
    cwd: ROOT,
    encoding: 'utf8',
  });
  expect([status, stderr]).toEqual([1, 'estimate: Name one file with a scenario.\n']);
});
