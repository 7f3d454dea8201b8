import {
  breakdownTotal,
  ok,
  stepBreakdown,
  trainingStep,
  type Outcome,
  type TrainingScenario,
  type TrainingStep,
} from '#estimator';

/** What one bandwidth makes of the step: shares of it that sum to 1. */
export interface Waste {
  readonly bandwidth: number;
  readonly seconds: number;
  /** Counted work at peak: the MFU. */
  readonly work: number;
  /** Everything else that no network would shorten. */
  readonly node: number;
  /** Waited for the network: layers split over nodes, sends between stages, gradients and weights between replicas. */
  readonly layers: number;
  readonly sends: number;
  readonly replicas: number;
  /** The three together. */
  readonly waited: number;
}

/** Bytes/s at which no step is longer for lack of bandwidth; what remains of the network is its latency. */
export const UNLIMITED = 1e15;

export const at = (scenario: TrainingScenario, networkBandwidth: number): TrainingScenario => ({
  ...scenario,
  cluster: { ...scenario.cluster, networkBandwidth },
});

/**
 * One step beside the same step on an unlimited network: MFU is in proportion to 1 / seconds. Clamped, because a
 * difference of two sums may round below 0.
 * @param scenario one without issues
 */
export function wasteAt(scenario: TrainingScenario, bandwidth: number, ideal: TrainingStep): Waste {
  const breakdown = stepBreakdown(at(scenario, bandwidth));
  const seconds = breakdownTotal(breakdown);
  const more = (part: 'pipelineParallel' | 'dataParallel'): number =>
    Math.max(0, breakdown[part] - ideal.breakdown[part]) / seconds;
  const waited = Math.max(0, seconds - ideal.seconds) / seconds;
  const sends = Math.min(waited, more('pipelineParallel'));
  const replicas = Math.min(waited - sends, more('dataParallel'));
  const layers = waited - sends - replicas;
  const work = Math.min(1 - waited, (ideal.mfu * ideal.seconds) / seconds);
  return { bandwidth, seconds, work, node: 1 - waited - work, layers, sends, replicas, waited };
}

/** The span of the drawing, bytes/s for each GPU. */
export const SPAN = [0.05e9, 200e9] as const;
const SAMPLES = 33;

export interface WasteCurve {
  readonly ideal: TrainingStep;
  readonly points: readonly Waste[];
}

function curveOf(scenario: TrainingScenario): Outcome<WasteCurve> {
  const ideal = trainingStep(at(scenario, UNLIMITED));
  if (!ideal.ok) return ideal;
  const [low, high] = SPAN;
  const points = Array.from({ length: SAMPLES }, (_, i) =>
    wasteAt(scenario, low * (high / low) ** (i / (SAMPLES - 1)), ideal.value),
  );
  return ok({ ideal: ideal.value, points });
}

let last: { readonly key: string; readonly curve: Outcome<WasteCurve> } | undefined;

/** The curve over bandwidths. Kept while only the bandwidth moves, because a slider asks for it sixty times a second. */
export function wasteCurve(scenario: TrainingScenario): Outcome<WasteCurve> {
  const key = JSON.stringify(at(scenario, 1));
  if (last?.key !== key) last = { key, curve: curveOf(scenario) };
  return last.curve;
}

/** The bandwidth at which half of the step is waited for, between two points of the curve; null where there is none. */
export function halfLost(points: readonly Waste[]): number | null {
  const next = points.findIndex(({ waited }) => waited < 0.5);
  const after = points[next];
  const before = points[next - 1];
  if (!after || !before) return null;
  const share = (before.waited - 0.5) / (before.waited - after.waited);
  return before.bandwidth * (after.bandwidth / before.bandwidth) ** share;
}
