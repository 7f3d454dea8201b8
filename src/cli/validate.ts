/**
 * npm run -s validate -- [runs.json] [--json] [--by gpu,framework,precision,model]
 *
 * Compares published runs, or your own, with what the estimator predicts: see CONTRIBUTING.md.
 */
import { parseArgs } from 'node:util';
import type { GpuRecord, ModelRecord } from '#catalog';
import { readGpus, readModels, readRuns } from '#catalog/node.ts';
import { stripSources } from '#catalog/values.ts';
import { estimates } from '#validation/estimate.ts';
import { validateRuns } from '#validation/validation.ts';
import { readRows } from './read-rows.ts';
import { BY, jsonReport, textReport, type By } from './validate-report.ts';

function byKeys(texts: readonly string[]): readonly By[] {
  return texts
    .flatMap((text) => text.split(','))
    .map((text) => {
      const key = BY.find((known) => known === text);
      if (key === undefined) throw new Error(`--by takes ${BY.join(', ')}, not "${text}".`);
      return key;
    });
}

function main(): void {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      json: { type: 'boolean', default: false },
      by: { type: 'string', multiple: true, default: [] },
    },
  });
  if (positionals.length > 1) throw new Error(`One file of runs at a time, not ${positionals.length}.`);
  const by = byKeys(values.by);
  const [file] = positionals;
  const rows = file === undefined ? readRuns() : readRows(file);
  const catalog = {
    gpus: readGpus().map((gpu) => stripSources(gpu)) as unknown as readonly GpuRecord[],
    models: readModels().map((model) => stripSources(model)) as unknown as readonly ModelRecord[],
  };
  const validation = validateRuns(rows, catalog, estimates);
  process.stdout.write(values.json ? jsonReport(validation) : textReport(validation, by));
}

try {
  main();
} catch (error) {
  process.stderr.write(`validate: ${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
}
