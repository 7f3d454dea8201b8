import { cardFacts } from './facts/cards.ts';
import { roofFacts } from './facts/roofs.ts';
import { thousandFacts } from './facts/thousand.ts';

/** Every number that the prose states, as a function of the page's scenario. */
export const facts = { ...cardFacts, ...roofFacts, ...thousandFacts };
