import { fabricFacts } from './facts/fabric.ts';
import { linkFacts } from './facts/links.ts';
import { stepFacts } from './facts/step.ts';
import { trafficFacts } from './facts/traffic.ts';

/** Every number that the prose states, as a function of the page's scenario. */
export const facts = { ...stepFacts, ...trafficFacts, ...linkFacts, ...fabricFacts };
