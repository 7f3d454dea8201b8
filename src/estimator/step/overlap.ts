import type { Seconds } from '../units.ts';
import { STEP } from './constants.ts';

/**
 * What of a collective is still waited for when other work runs meanwhile.
 * @param cover the work that may hide it
 * @param first share that cannot be hidden: the first piece of a collective that is cut up
 */
export const exposed = (communication: Seconds, cover: Seconds, first = 0): Seconds =>
  Math.max(communication - STEP.coverShare * cover, communication * Math.max(first, STEP.contention));
