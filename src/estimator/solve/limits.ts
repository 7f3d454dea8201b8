import type { NumberRule } from '../check-number.ts';

/** What the fields of a training question accept: far beyond any run, close enough that every result stays finite. */
export const TRAINING_LIMITS = {
  parameters: { min: 1, max: 1e18 },
  tokens: { min: 1, max: 1e21 },
  peak: { min: 1, max: 1e24 },
  gpus: { min: 1, max: 1e9, integer: true },
  efficiency: { min: 1e-6, max: 1 },
  goodput: { min: 1e-6, max: 1 },
  time: { min: 1e-6, max: 1e15 },
  sequence: { min: 1, max: 1e9, integer: true },
  power: { min: 0, max: 1e9 },
} as const satisfies Record<string, NumberRule>;
