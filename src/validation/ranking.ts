/** Is the plan that is predicted to be the fastest nearly the fastest? What a planner is for. */
import { groupBy } from './statistics.ts';

export interface RankedRun {
  /** Runs of one question: the same model, batch and machines under different plans. */
  readonly question: string;
  /** Tokens a second; only compared within a question. */
  readonly measured: number;
  readonly predicted: number;
}

export interface Ranking {
  /** Questions with enough plans to choose from. */
  readonly questions: number;
  /** Share of them whose predicted best is within the tolerance of the measured best; null when there are none. */
  readonly nearBest: number | null;
  /** What the predicted best loses against the measured best, mean over the questions; null when there are none. */
  readonly meanLoss: number | null;
}

/** Fewer plans than this are no choice. */
const LEAST_PLANS = 3;
const ALIKE = 1e-9;

/**
 * @param tolerance how much slower than the measured best the predicted best may be
 */
export function rankingOf(runs: readonly RankedRun[], tolerance = 0.1): Ranking {
  const losses: number[] = [];
  for (const plans of groupBy(runs, ({ question }) => question).values()) {
    if (plans.length < LEAST_PLANS) continue;
    const best = Math.max(...plans.map(({ measured }) => measured));
    const promised = Math.max(...plans.map(({ predicted }) => predicted));
    // Plans that are predicted alike have not been told apart: the worst of them counts.
    const chosen = plans.filter(({ predicted }) => predicted >= promised * (1 - ALIKE));
    losses.push(1 - Math.min(...chosen.map(({ measured }) => measured)) / best);
  }
  if (losses.length === 0) return { questions: 0, nearBest: null, meanLoss: null };
  return {
    questions: losses.length,
    nearBest: losses.filter((loss) => loss <= tolerance).length / losses.length,
    meanLoss: losses.reduce((sum, loss) => sum + loss, 0) / losses.length,
  };
}
