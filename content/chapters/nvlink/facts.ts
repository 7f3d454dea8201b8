import { collectiveFacts } from './facts/collectives.ts';
import { exerciseFacts } from './facts/exercises.ts';
import { wireFacts } from './facts/wires.ts';

/** Every number that the prose states, as a function of the page's scenario. */
export const facts = { ...wireFacts, ...collectiveFacts, ...exerciseFacts };
