import type { Plugin } from 'vite';
import { citation } from './bibliography.ts';
import type { ComparedRun } from './compared-runs.ts';
import type { GpuRecord, ModelRecord } from './index.ts';
import { readGpus, readModels, readRuns } from './node.ts';
import { packRuns } from './packed-runs.ts';
import { chartRuns, runPoint } from './run-point.ts';
import { stripSources } from './values.ts';

/** What each virtual module of published runs exports. */
const MODULES: Readonly<Record<string, () => string>> = {
  'virtual:published-runs': () => `export const packed = ${JSON.stringify(packRuns(selection()))};`,
  'virtual:compared-runs': () => `export const compared = ${JSON.stringify(comparison())};`,
};

/** Selections of published runs, computed from the full records, as small modules for the browser. */
export function publishedRunsModule(): Plugin {
  const written = new Map<string, string>();
  return {
    name: 'half-of-peak:published-runs',
    resolveId: (id) => (id in MODULES ? `\0${id}` : null),
    load(id) {
      const name = id.slice(1);
      const write = id.startsWith('\0') ? MODULES[name] : undefined;
      if (!write) return null;
      const code = written.get(name) ?? write();
      written.set(name, code);
      return { code, map: null, moduleType: 'js' };
    },
  };
}

function selection() {
  // Sourced records without their sources have the shape of the browser's records.
  const gpus = readGpus().map((gpu) => stripSources(gpu)) as unknown as readonly GpuRecord[];
  const models = readModels().map((model) => stripSources(model)) as unknown as readonly ModelRecord[];
  return chartRuns(
    readRuns().flatMap((run) => {
      const point = runPoint(run, { gpus, models }, citation(run.source.reference).label);
      return point ? [{ run, point }] : [];
    }),
  );
}

/** The runs of one table that ran both ways: Narayanan 2021, Table 2. A row that lacks a number is left out. */
function comparison(): readonly ComparedRun[] {
  return readRuns()
    .filter(({ source }) => source.reference === 'narayanan2021' && source.where.startsWith('Table 2'))
    .flatMap(({ id, source, model, hardware, execution, measured }) => {
      const numbers = {
        parameters: (model.paramsB ?? Number.NaN) * 1e9,
        layers: model.layers ?? Number.NaN,
        hidden: model.hidden ?? Number.NaN,
        gpus: hardware.gpus ?? Number.NaN,
        tensorParallel: execution.tp ?? 1,
        pipelineParallel: execution.pp ?? 1,
        microBatch: execution.microBatch ?? Number.NaN,
        globalBatch: execution.globalBatch ?? Number.NaN,
        seconds: measured.stepTimeS ?? Number.NaN,
        hardwareRate: (measured.tflopsPerGpu ?? Number.NaN) * 1e12,
      };
      if (Object.values(numbers).some(Number.isNaN)) return [];
      const { label } = citation(source.reference);
      return [{ id, label, where: source.where, sharded: execution.zeroStage === 3, ...numbers }];
    });
}
