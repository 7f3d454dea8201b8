import { countFacts } from './facts/count.ts';
import { efficiencyFacts } from './facts/efficiency.ts';
import { exerciseFacts } from './facts/exercises.ts';
import { planningFacts } from './facts/planning.ts';
import { publishedRunFacts } from './facts/published-runs.ts';
import { quotientFacts } from './facts/quotient.ts';
import { readingFacts } from './facts/readings.ts';

/** Every number that the prose states, as a function of the page's scenario. */
export const facts = {
  ...quotientFacts,
  ...countFacts,
  ...efficiencyFacts,
  ...readingFacts,
  ...planningFacts,
  ...publishedRunFacts,
  ...exerciseFacts,
};
