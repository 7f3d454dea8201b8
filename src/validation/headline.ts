/** The one quantity by which a run is compared, and what a predicted step says about it. */
import { hardwareFlops, type TrainingScenario } from '#estimator';
import { flopsPerTokenBy, peakBy } from './convention.ts';
import type { MeasuredRun } from './measured-run.ts';

/** In order of trust: what needs no convention comes first. */
export const HEADLINES = ['stepTimeS', 'tflopsPerGpu', 'tokensPerSecPerGpu', 'mfu', 'hfu'] as const;

export type Headline = (typeof HEADLINES)[number];

/** A measured and a predicted value of one quantity, in the unit of the runs file. */
export interface Comparison {
  readonly id: string;
  readonly quantity: Headline | 'memGiB';
  readonly measured: number;
  readonly predicted: number;
  /** predicted / measured - 1 */
  readonly error: number;
}

export const comparison = (
  id: string,
  quantity: Comparison['quantity'],
  measured: number,
  predicted: number,
): Comparison => ({ id, quantity, measured, predicted, error: predicted / measured - 1 });

/** The first quantity that the run gives; 0 is a figure rounded to nothing and cannot be compared. */
export const headlineOf = ({ measured }: MeasuredRun): Headline | undefined =>
  HEADLINES.find((quantity) => (measured[quantity] ?? 0) > 0);

/** Tokens a second and GPU at a step time. */
export const throughputAt = ({ globalBatch, model, cluster }: TrainingScenario, seconds: number): number =>
  (globalBatch * model.sequence) / (seconds * cluster.gpus);

/** What a step of `seconds` means in the run's quantity and convention. */
export function predictedHeadline(
  quantity: Headline,
  run: MeasuredRun,
  scenario: TrainingScenario,
  seconds: number,
): number {
  const convention = run.measured.tflopsConvention ?? '';
  const tokens = throughputAt(scenario, seconds);
  const whole = !/proxy/i.test(run.model.name ?? '');
  const rate = tokens * flopsPerTokenBy(convention, scenario, whole);
  switch (quantity) {
    case 'stepTimeS':
      return seconds;
    case 'tokensPerSecPerGpu':
      return tokens;
    case 'tflopsPerGpu':
      return rate / 1e12;
    case 'mfu':
      return rate / peakBy(convention, scenario);
    case 'hfu': {
      const { model, recompute } = scenario;
      return (tokens * hardwareFlops(model, { recompute }).total) / peakBy(convention, scenario);
    }
  }
}
