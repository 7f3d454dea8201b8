import { shardedWay, splitWay, type ShardOrSplitQuestion, type Way } from '#estimator';

/** The span of the drawing, GPUs. */
export const SPAN = [8, 16_384] as const;

/** The two ways on so many GPUs; null where one cannot run. */
export interface Pair {
  readonly gpus: number;
  readonly sharded: Way | null;
  readonly split: Way | null;
}

export const pairAt = (question: ShardOrSplitQuestion, gpus: number): Pair => ({
  gpus,
  sharded: shardedWay(question, gpus),
  split: splitWay(question, gpus),
});

/** Powers of two, and the last whole number of servers for which the batch has a sequence each. */
function countsOf({ globalBatch, cluster }: ShardOrSplitQuestion): readonly number[] {
  const [least, most] = SPAN;
  const powers = Array.from({ length: Math.log2(most / least) + 1 }, (_, i) => least * 2 ** i);
  const last = Math.floor(globalBatch / cluster.gpusPerNode) * cluster.gpusPerNode;
  const wanted = last > least && last < most && !powers.includes(last);
  return wanted ? [...powers, last].sort((a, b) => a - b) : powers;
}

let last: { readonly key: string; readonly pairs: readonly Pair[] } | undefined;

/** Both ways over all numbers of GPUs. Kept while only the reader's own number moves, sixty times a second. */
export function pairsOf(question: ShardOrSplitQuestion): readonly Pair[] {
  const key = JSON.stringify(question);
  if (last?.key !== key) last = { key, pairs: countsOf(question).map((gpus) => pairAt(question, gpus)) };
  return last.pairs;
}

/** One stretch of a curve, all of it in memory or all of it not. */
export interface Stretch {
  readonly fits: boolean;
  readonly points: readonly (readonly [gpus: number, mfu: number])[];
}

/** A curve cut where it begins to fit: a stretch reaches to the first point of the next. */
export function stretchesOf(ways: readonly (Way | null)[]): readonly Stretch[] {
  const stretches: { fits: boolean; points: [number, number][] }[] = [];
  for (const way of ways) {
    if (!way) continue;
    const point: [number, number] = [way.scenario.cluster.gpus, way.mfu];
    const before = stretches.at(-1);
    if (before?.fits === way.fits) before.points.push(point);
    else {
      before?.points.push(point);
      stretches.push({ fits: way.fits, points: [point] });
    }
  }
  return stretches;
}
