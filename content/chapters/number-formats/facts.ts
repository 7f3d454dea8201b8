import { blockFacts } from './facts/blocks.ts';
import { exerciseFacts } from './facts/exercises.ts';
import { formatFacts } from './facts/formats.ts';
import { trainingFacts } from './facts/training.ts';

/** Every number that the prose states, as a function of the page's scenario. */
export const facts = { ...formatFacts, ...trainingFacts, ...blockFacts, ...exerciseFacts };
