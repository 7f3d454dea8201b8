import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  contradictionAt,
  valueIssues,
  checkScenario,
} from '../../../src/estimator/training/check-scenario.ts';
import { contradictionsOf, isContradictory } from '../../../src/estimator/training/contradictions.ts';
import { legalScenario, offScenario } from './training-scenarios.ts';

test('a scenario is contradictory exactly when some of its fields contradict each other', () => {
  fc.assert(
    fc.property(fc.oneof(legalScenario, offScenario), (scenario) => {
      fc.pre(valueIssues(scenario).length === 0);
      expect(isContradictory(scenario)).toBe(contradictionsOf(scenario).length > 0);
    }),
    { numRuns: 2000 },
  );
});

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
