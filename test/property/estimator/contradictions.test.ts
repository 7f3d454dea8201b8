import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  contradictionAt,
  valueIssues,
  checkScenario,
} from '../../../src/estimator/training/check-scenario.ts';
import { contradictionsOf } from '../../../src/estimator/training/contradictions.ts';
import { offScenario } from './training-scenarios.ts';

test('what is said of one field is what is said of it among all', () => {
  fc.assert(
    fc.property(offScenario, (scenario) => {
      fc.pre(valueIssues(scenario).length === 0);
      const issues = checkScenario(scenario);
      for (const { path } of contradictionsOf(scenario))
        expect(contradictionAt(scenario, path)).toEqual(issues.find((issue) => issue.path === path));
    }),
    { numRuns: 1000 },
  );
});
