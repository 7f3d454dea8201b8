import { checkNumber } from '../check-number.ts';
import type { Issue } from '../issues.ts';
import { TRAINING_LIMITS } from './limits.ts';
import type { TrainingUnknown } from './types.ts';

/** Two significant digits, for a sentence. */
const about = (value: number): string => (value < 100 ? value.toPrecision(2) : value.toExponential(1));

/**
 * Whether the solved value is one that can exist: an efficiency above 1 is not, nor less than one token.
 * @returns an issue at the unknown's own field that says what the other fields would need, or null
 */
export function checkAnswer(unknown: TrainingUnknown, value: number): Issue | null {
  const limit = TRAINING_LIMITS[unknown];
  if (unknown === 'efficiency' && value > 1) {
    const message = `That takes ${about(value)} times the peak of these GPUs: allow more time or more GPUs, or ask for less.`;
    return { code: 'out-of-reach', path: unknown, message, limit: 1 };
  }
  // A cluster smaller than one GPU means that one is more than enough.
  const rule = { min: unknown === 'gpus' ? 0 : limit.min, max: limit.max };
  const issue = checkNumber(unknown, value, rule);
  return (
    issue && {
      ...issue,
      code: 'out-of-reach',
      message: `The answer, ${about(value)}, is beyond what ${unknown} can be (${rule.min} to ${rule.max}).`,
    }
  );
}
