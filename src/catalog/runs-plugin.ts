import type { Plugin } from 'vite';
import { citation } from './bibliography.ts';
import type { GpuRecord, ModelRecord } from './index.ts';
import { readGpus, readModels, readRuns } from './node.ts';
import { packRuns } from './packed-runs.ts';
import { chartRuns, runPoint } from './run-point.ts';
import { stripSources } from './values.ts';

const MODULE = 'virtual:published-runs';

/** The chart's selection of published runs, computed from the full records, as a small module for the browser. */
export function publishedRunsModule(): Plugin {
  let code: string | undefined;
  return {
    name: 'half-of-peak:published-runs',
    resolveId: (id) => (id === MODULE ? `\0${MODULE}` : null),
    load(id) {
      if (id !== `\0${MODULE}`) return null;
      code ??= `export const packed = ${JSON.stringify(packRuns(selection()))};`;
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
