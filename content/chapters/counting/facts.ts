import { budgetFacts } from './facts/budget.ts';
import { exerciseFacts } from './facts/exercises.ts';
import { ruleFacts } from './facts/rules.ts';
import { shapeFacts } from './facts/shape.ts';
import { workFacts } from './facts/work.ts';

/** Every number that the prose states, as a function of the page's scenario. */
export const facts = { ...shapeFacts, ...workFacts, ...ruleFacts, ...budgetFacts, ...exerciseFacts };
