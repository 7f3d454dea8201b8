import { expect, test } from 'vitest';
import { RESIDUALS, residualKind, stepInterval, trainingStep } from '#estimator';
import { residualsOf } from '#validation/residuals.ts';
import { validation } from '../helpers/validation.ts';

test('the intervals of the estimator are those of its residuals on the published runs', () => {
  expect(RESIDUALS).toEqual(residualsOf(validation.runs));
});

test('an interval names its kind, holds the usual error, and is wider for kinds that are predicted worse', () => {
  const run = validation.runs.find(({ id }) => id === 'korthikanti-t5-175b-sp-selective');
  if (!run) throw new Error('the run is there');
  const step = trainingStep(run.scenario);
  if (!step.ok) throw new Error('it is legal');
  const { interval, seconds } = step.value;
  expect(interval.kind).toBe('Ampere wide dense');
  expect(interval.low).toBeLessThan(13.75);
  expect(interval.high).toBeGreaterThan(13.75);
  const experts = { ...run.scenario, model: { ...run.scenario.model, moe: undefined } };
  expect(residualKind(experts as typeof run.scenario)).toBe('Ampere wide dense');
  const width = (kind: string): number => (RESIDUALS[kind]?.high ?? 0) - (RESIDUALS[kind]?.low ?? 0);
  expect(width('Blackwell narrow experts')).toBeGreaterThan(width('Blackwell narrow dense'));
  const unknown = { ...run.scenario.cluster.gpu, architecture: 'Rubin' };
  const scenario = { ...run.scenario, cluster: { ...run.scenario.cluster, gpu: unknown } };
  expect(stepInterval(scenario, seconds)).toMatchObject({ kind: 'all', runs: RESIDUALS.all?.runs });
});
