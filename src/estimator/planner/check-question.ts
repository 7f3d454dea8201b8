import { checkNumber, checkNumbers, type NumberRule } from '../check-number.ts';
import type { Issue } from '../issues.ts';
import { valueIssues } from '../training/check-scenario.ts';
import { DEGREES } from '../training/scenario-fields.ts';
import { ALONE, scenarioOf } from './choice.ts';
import type { Degree, PlanningQuestion } from './types.ts';

const BEST: NumberRule = { min: 1, max: 1000, integer: true };

type Unchecked = Readonly<Record<string, unknown>>;

const isRecord = (value: unknown): value is Unchecked => typeof value === 'object' && value !== null;

/** The issues of values to try, each put into the question by itself. */
function choiceIssues(question: PlanningQuestion, choices: Unchecked): readonly Issue[] {
  return Object.entries(choices).flatMap(([path, values]): readonly Issue[] => {
    if (values === undefined) return [];
    if (!(path in ALONE))
      return [{ code: 'unknown-choice', path, message: `A plan does not choose ${path}.` }];
    if (!Array.isArray(values) || values.length === 0)
      return [{ code: 'missing', path, message: `${path} needs a list of values to try, or none.` }];
    return values.flatMap((value: unknown): readonly Issue[] => {
      if (path === 'sequenceParallel')
        return typeof value === 'boolean'
          ? []
          : [{ code: 'unknown-choice', path, message: 'sequenceParallel must be true or false.' }];
      return valueIssues(scenarioOf(question, { ...ALONE, [path]: value }));
    });
  });
}

function limitIssues(limits: Unchecked): readonly Issue[] {
  return Object.entries(limits).flatMap(([path, value]) => {
    if (value === undefined) return [];
    if (!Object.hasOwn(DEGREES, path))
      return [{ code: 'unknown-choice' as const, path, message: `${path} has no largest value.` }];
    const issue = checkNumber(path, value, DEGREES[path as Degree]);
    return issue ? [issue] : [];
  });
}

/** Everything wrong with a planning question. Accepts values of unknown origin and never throws. */
export function checkPlanning(question: PlanningQuestion): readonly Issue[] {
  const raw: unknown = question;
  if (!isRecord(raw)) return [{ code: 'missing', path: 'question', message: 'A question is needed.' }];
  const issues = valueIssues(scenarioOf({ ...question, fusedAttention: true }, ALONE));
  if (issues.length > 0) return issues;
  const { choices = {}, limits = {}, best = 10 } = question;
  if (!isRecord(choices) || !isRecord(limits))
    return [{ code: 'missing', path: 'choices', message: 'choices and limits are groups of values.' }];
  return [
    ...checkNumbers({ best: BEST }, { best }),
    ...choiceIssues(question, choices),
    ...limitIssues(limits),
  ];
}
