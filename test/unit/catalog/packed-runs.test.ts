import { expect, test } from 'vitest';
import { packRuns, unpackRuns } from '#catalog/packed-runs.ts';
import { publishedRuns } from '#catalog/runs.ts';

test('packing for the browser keeps every run, to a tenth of a percent of MFU', () => {
  const runs = publishedRuns();
  const back = unpackRuns(packRuns(runs));
  expect(back).toHaveLength(runs.length);
  back.forEach((brief, i) => {
    const run = runs[i]!;
    expect(Math.abs(brief.mfu - run.mfu), run.id).toBeLessThanOrEqual(0.0005 + 1e-12);
    expect(Math.abs(brief.parameters / run.parameters - 1), run.id).toBeLessThan(5e-4);
    const { label, modelName, year, family, gpus, precision } = run;
    expect(brief).toMatchObject({ label, modelName, year, family, gpus, precision });
  });
});
