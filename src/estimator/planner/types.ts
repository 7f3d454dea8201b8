import type { Issue } from '../issues.ts';
import type { Parallelism, TrainingScenario } from '../training/types.ts';
import type { Bytes, Seconds } from '../units.ts';

/** What a plan decides. Data parallelism is what is left of the GPUs; experts are never split (ETP 1). */
export interface Choice
  extends Omit<Parallelism, 'expertTensorParallel'>, Pick<TrainingScenario, 'recompute' | 'microBatch'> {}

/** The numbers among them, which have a largest value to try. */
export type Degree = Exclude<keyof Choice, 'sequenceParallel' | 'zeroStage' | 'recompute'>;

/** Given: a model, machines and a batch. Asked: how to split the work. */
export interface PlanningQuestion extends Pick<
  TrainingScenario,
  'model' | 'cluster' | 'precision' | 'globalBatch' | 'framework' | 'kernels' | 'gradientFormat'
> {
  /** 1F1B unless said, interleaved where a stage has several chunks. */
  readonly schedule?: TrainingScenario['schedule'];
  /** The framework family's habit unless said. */
  readonly fusedAttention?: boolean;
  /** Values to try, in place of those that the planner would: one value fixes a choice. */
  readonly choices?: { readonly [key in keyof Choice]?: readonly Choice[key][] };
  /** Largest values to try; see {@link candidatesOf} for what holds unless said. */
  readonly limits?: { readonly [key in Degree]?: number };
  /** Plans to return in `best`, 1 to 1,000; 10 unless said. */
  readonly best?: number;
}

/** One way to run the step. */
export interface Plan {
  /** Complete: `trainingStep(scenario)` gives the same seconds and memory. */
  readonly scenario: TrainingScenario;
  /** Of one step. */
  readonly seconds: Seconds;
  /** Of one GPU on the worst stage. */
  readonly memory: Bytes;
}

/** Why plans are impossible. */
export interface Rejection {
  /** Field at fault, as the first Issue of `checkScenario` names it; `memory` where the GPU's does not suffice. */
  readonly path: string;
  readonly plans: number;
  /** Up to three with different messages; of `memory` the one that needs least. */
  readonly examples: readonly { readonly scenario: TrainingScenario; readonly issue: Issue }[];
}

export interface PlanProgress {
  /** Legal plans decided so far, of all. */
  readonly evaluated: number;
  readonly total: number;
}

export interface TrainingPlans {
  /** Fastest first; of equally fast ones the one that needs less memory, then that of smaller degrees. */
  readonly best: readonly Plan[];
  /** Those that no other plan beats in both seconds and memory, fastest first. */
  readonly front: readonly Plan[];
  readonly rejected: readonly Rejection[];
  /**
   * Legal plans decided: for each it is known whether it fits, and its seconds, or that it can neither be among the best
   * nor on the front. Of them `computed` had their seconds computed; of the others a proven bound was enough.
   */
  readonly evaluations: number;
  readonly computed: number;
}
