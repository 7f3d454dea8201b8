import { checkModel } from '../check-model.ts';
import { checkNumber } from '../check-number.ts';
import type { Issue } from '../issues.ts';
import { TRAINING_LIMITS } from './limits.ts';
import type { TrainingQuestion } from './types.ts';

const UNKNOWNS: readonly unknown[] = ['time', 'gpus', 'efficiency', 'tokens', 'parameters'];
const COUNTS: readonly unknown[] = ['6nd', 'exact', 'exact-causal'];
const ATTENTION: readonly unknown[] = ['full', 'causal'];

const choice = (path: string, value: unknown, offered: readonly unknown[]): Issue[] =>
  offered.includes(value)
    ? []
    : [{ code: 'unknown-choice', path, message: `${path} must be one of ${offered.join(', ')}.` }];

/** What is impossible about a question before anything is computed. The unknown's own field is not looked at. */
export function checkQuestion(question: TrainingQuestion): Issue[] {
  const { unknown, count = '6nd', attention = 'full', shape } = question;
  const needed = ['peak', 'parameters', 'tokens', 'gpus', 'efficiency', 'time'] as const;
  const optional = ['sequence', 'goodput', 'power'] as const;
  const asked = [
    ...needed.filter((key) => key !== unknown),
    ...optional.filter((key) => question[key] !== undefined && question[key] !== null),
  ];
  const issues = asked.map((key) => checkNumber(key, question[key], TRAINING_LIMITS[key]));
  return [
    ...choice('unknown', unknown, UNKNOWNS),
    ...choice('count', count, COUNTS),
    ...choice('attention', attention, ATTENTION),
    ...issues.filter((issue) => issue !== null),
    ...(shape ? checkModel(shape).map((issue) => ({ ...issue, path: `shape.${issue.path}` })) : []),
  ];
}
