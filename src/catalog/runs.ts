/**
 * Published training runs on one scale, for build time only: pages and cells receive the few points that they draw.
 */
import { citation } from './bibliography.ts';
import {
  efficiencySpread as spread,
  type EfficiencySpread,
  type RunPoint,
  type SpreadQuestion,
} from './efficiency.ts';
import { gpus, models } from './index.ts';
import { expandRuns, type Run } from './run-file.ts';
import { chartRuns, runPoint } from './run-point.ts';

export type { EfficiencySpread, RunPoint, SpreadQuestion } from './efficiency.ts';
export type { Run } from './run-file.ts';

const files = import.meta.glob('../../content/data/runs/*.json', { eager: true, import: 'default' });

/** Every published run, in full, also those that ran out of memory. */
export const runs: readonly Run[] = Object.entries(files).flatMap(([file, json]) => expandRuns(file, json));

const measured = runs.flatMap((run) => {
  const point = runPoint(run, { gpus, models }, citation(run.source.reference).label);
  return point ? [{ run, point }] : [];
});

/** Every run that has an MFU, on the common scale. */
export const runPoints: readonly RunPoint[] = measured.map(({ point }) => point);

const charted = chartRuns(measured);

/** The selection for a chart: at most a few hundred points; `chartRuns` says by which rule. */
export const publishedRuns = (): readonly RunPoint[] => charted;

/** How published runs like this one spread, over the chart's selection; null when there are too few. */
export const efficiencySpread = (question: SpreadQuestion): EfficiencySpread | null =>
  spread(charted, question);
