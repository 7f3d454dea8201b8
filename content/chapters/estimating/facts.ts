import { machineFacts } from './facts-machine.ts';
import { modelFacts } from './facts-model.ts';
import { rangeFacts } from './facts-range.ts';

/** Every number the chapter states, by the name that its prose uses. */
export const facts = { ...machineFacts, ...modelFacts, ...rangeFacts };
