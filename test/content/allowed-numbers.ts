import type { Scenario } from '#scenario';

/** A number that prose may type, in one chapter: because it equals a value of the scenario, or for a stated reason. */
export interface AllowedNumber {
  readonly chapter: string;
  readonly text: string;
  /** The value it must equal in the chapter's own scenario, in base units; the test fails when it no longer does. */
  readonly is?: (scenario: Scenario) => number;
  readonly reason?: string;
}

export const allowedNumbers: readonly AllowedNumber[] = [];
