import { activationFacts } from './facts/activations.ts';
import { choiceFacts } from './facts/choice.ts';
import { exerciseFacts } from './facts/exercises.ts';
import { stageFacts } from './facts/stages.ts';
import { stateFacts } from './facts/state.ts';

/** Every number that the prose states, as a function of the page's scenario. */
export const facts = { ...stateFacts, ...stageFacts, ...activationFacts, ...choiceFacts, ...exerciseFacts };
