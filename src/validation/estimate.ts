/** The two questions that validation puts to the estimator, in one place so that tests can answer them otherwise. */
import {
  memoryPerGpu,
  trainingStep,
  type MemoryEstimate,
  type Outcome,
  type TrainingScenario,
} from '#estimator';

/** What validation reads of predicted memory. */
export type PredictedMemory = Pick<MemoryEstimate, 'total'> & {
  readonly stages: readonly Pick<MemoryEstimate, 'allocated' | 'reserved' | 'total'>[];
};

/** What validation reads of a predicted step and of predicted memory. */
export interface Estimates {
  readonly step: (scenario: TrainingScenario) => Outcome<{ readonly seconds: number }>;
  readonly memory: (scenario: TrainingScenario) => PredictedMemory;
}

export const estimates: Estimates = { step: trainingStep, memory: memoryPerGpu };
