/** The two questions that validation puts to the estimator, in one place so that tests can answer them otherwise. */
import type { Outcome, TrainingScenario } from '#estimator';
import { memoryPerGpu, trainingStep } from './stand-in.ts';

/** What validation reads of a predicted step and of predicted memory. */
export interface Estimates {
  readonly step: (scenario: TrainingScenario) => Outcome<{ readonly seconds: number }>;
  /** Bytes on the fullest GPU, and whether they fit. */
  readonly memory: (scenario: TrainingScenario) => { readonly total: number; readonly fits: boolean };
}

export const estimates: Estimates = { step: trainingStep, memory: memoryPerGpu };
