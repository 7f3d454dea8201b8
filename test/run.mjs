#!/usr/bin/env node
/**
 * `npm test`: every check of the repository, in two lanes for two cores; then, alone on the machine, what measures time.
 * A failing step hides no other unless that one needs its result. Logs stay in test/output/. The last line is always
 * `N passed, N failed`. `npm test -- unit build` runs only the named steps.
 */
import { spawn } from 'node:child_process';
import { createWriteStream, existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const OUTPUT = join(ROOT, 'test/output');
const BASE = '/half-of-peak';

const vitest = (project) => `vitest run -c test/vitest.config.ts --project ${project}`;

/** Steps in order of their lane. `tests`: Vitest counts them itself; any other step counts as one check. */
const LANES = [
  [
    { name: 'dead-code', run: 'knip -c test/knip.json --no-config-hints' },
    { name: 'estimator-types', run: 'tsc -p src/estimator' },
    { name: 'unit', run: vitest('unit'), tests: true },
  ],
  [
    { name: 'types', run: 'astro check' },
    { name: 'build', run: 'npm run -s build' },
    {
      name: 'base-build',
      run: `astro build --outDir test/output/base && pagefind --site test/output/base`,
      env: { BASE, SITE: 'https://example.org' },
    },
    { name: 'dist', run: vitest('dist'), tests: true, needs: ['build', 'base-build'] },
    { name: 'format', run: 'prettier --check .' },
    { name: 'lint', run: 'eslint -c test/eslint.config.js --max-warnings 0 .' },
  ],
];
const AFTER = [
  { name: 'e2e', run: vitest('e2e'), tests: true, needs: ['build', 'base-build'] },
  // Last and alone, on the processor's clock: see test/e2e/slider.timing.ts for why a busy machine may run it too.
  { name: 'timing', run: vitest('timing'), tests: true, needs: ['build'] },
];

const wanted = process.argv.slice(2);
const every = [...LANES.flat(), ...AFTER];
const unknown = wanted.filter((name) => !every.some((step) => step.name === name));
if (unknown.length > 0) {
  console.error(
    `No step is called ${unknown.join(', ')}. There are: ${every.map((step) => step.name).join(', ')}.`,
  );
  process.exit(2);
}
const selected = (steps) => steps.filter((step) => wanted.length === 0 || wanted.includes(step.name));

const results = [];
const children = new Set();

function execute(step) {
  const log = join(OUTPUT, `${step.name}.log`);
  const report = join(OUTPUT, `${step.name}.json`);
  rmSync(report, { force: true });
  const command = step.tests
    ? `${step.run} --reporter=default --reporter=json --outputFile.json=${report}`
    : step.run;
  const env = { ...process.env, NO_COLOR: '1', ASTRO_TELEMETRY_DISABLED: '1', CI: '1', ...step.env };
  delete env.FORCE_COLOR;
  return new Promise((done) => {
    const file = createWriteStream(log);
    const child = spawn('bash', ['-c', command], {
      cwd: ROOT,
      env,
      stdio: ['ignore', 'pipe', 'pipe'],
      detached: true,
    });
    children.add(child);
    child.stdout.pipe(file, { end: false });
    child.stderr.pipe(file, { end: false });
    child.on('close', (code) => {
      children.delete(child);
      file.end(() => done({ code: code ?? 1, log, report }));
    });
  });
}

/** What a finished step counts for. A run of tests that died without a report is one failure. */
function count(step, { code, report }) {
  if (!step.tests) return { passed: code === 0 ? 1 : 0, failed: code === 0 ? 0 : 1 };
  if (!existsSync(report)) return { passed: 0, failed: 1 };
  const { numPassedTests: passed, numFailedTests: failed } = JSON.parse(readFileSync(report, 'utf8'));
  // A file that does not load, or an error outside every test, fails the run without a failed test.
  return { passed, failed: code !== 0 && failed === 0 ? 1 : failed };
}

const indent = (text) => text.replace(/^/gm, '    ');

/** The end of a log, or of a test run only its failures: a summary should fit on a screen. */
function excerpt(step, log) {
  const lines = readFileSync(log, 'utf8').trimEnd().split('\n');
  const failures = step.tests ? lines.findIndex((line) => /Failed (Tests|Suites)/.test(line)) : -1;
  return failures >= 0 ? lines.slice(failures, failures + 80).join('\n') : lines.slice(-40).join('\n');
}

async function runStep(step) {
  const missing = (step.needs ?? []).filter((name) => results.some((r) => r.name === name && r.failed > 0));
  if (missing.length > 0) {
    results.push({ name: step.name, passed: 0, failed: 1 });
    console.log(`✗ ${step.name.padEnd(16)} not run: ${missing.join(', ')} failed`);
    return;
  }
  const started = Date.now();
  const outcome = await execute(step);
  const { passed, failed } = count(step, outcome);
  results.push({ name: step.name, passed, failed });
  const seconds = ((Date.now() - started) / 1000).toFixed(1).padStart(6);
  console.log(
    `${failed ? '✗' : '✓'} ${step.name.padEnd(16)} ${seconds} s   ${passed} passed, ${failed} failed`,
  );
  if (failed > 0) console.log(indent(excerpt(step, outcome.log)));
}

async function runLane(steps) {
  for (const step of selected(steps)) await runStep(step);
}

for (const signal of ['SIGINT', 'SIGTERM']) {
  process.on(signal, () => {
    for (const child of children) process.kill(-child.pid, 'SIGTERM');
    process.exit(130);
  });
}

mkdirSync(OUTPUT, { recursive: true });
const started = Date.now();
await Promise.all(LANES.map(runLane));
await runLane(AFTER);

const total = (key) => results.reduce((sum, result) => sum + result[key], 0);
console.log(
  `\n${results.length} steps in ${((Date.now() - started) / 1000).toFixed(0)} s; logs in test/output/`,
);
console.log(`${total('passed')} passed, ${total('failed')} failed`);
process.exitCode = total('failed') > 0 || total('passed') === 0 ? 1 : 0;
