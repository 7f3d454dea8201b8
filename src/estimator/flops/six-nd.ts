import type { Flop } from '../units.ts';

/** FLOP per parameter and token of a training step: 2 forward, 4 backward. */
export const FLOP_PER_PARAMETER_TOKEN = 6;

/** The same when the forward pass is run again before the backward one (full recomputation): hardware FLOPs. */
export const FLOP_PER_PARAMETER_TOKEN_RECOMPUTED = 8;

/**
 * Model FLOPs of training by the rule of thumb 6ND.
 * It leaves out attention scores, and counts the embedding table as if it were multiplied.
 * @param parameters N: all of a dense model's, the active ones of a mixture of experts
 * @param tokens D
 * @returns FLOP
 * @source Kaplan 2020, section 2.1
 */
export const sixNd = (parameters: number, tokens: number): Flop =>
  FLOP_PER_PARAMETER_TOKEN * parameters * tokens;

/**
 * Hardware FLOPs of training with full recomputation by the rule of thumb 8ND. Never an MFU's numerator.
 * @returns FLOP
 * @source Narayanan 2021, section 5.1
 */
export const eightNd = (parameters: number, tokens: number): Flop =>
  FLOP_PER_PARAMETER_TOKEN_RECOMPUTED * parameters * tokens;
