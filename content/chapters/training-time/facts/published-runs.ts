import { percentile } from '#catalog/efficiency.ts';
import { efficiencySpread, publishedRuns, type EfficiencySpread, type RunPoint } from '#catalog/runs.ts';
import type { Scenario } from '#scenario';
import { calendarAt } from './planning.ts';
import { days, plain, ratio, type Fact } from './shared.ts';

const sixteenBit = publishedRuns().filter(({ precision }) => precision === 'bf16' || precision === 'fp16');
const fp8 = publishedRuns().filter(({ precision }) => precision === 'fp8');
const large = sixteenBit.filter(({ gpus }) => (gpus ?? 0) >= 1_000);
const small = sixteenBit.filter(({ gpus }) => gpus !== null && gpus <= 16);
const ofYear = (year: number): RunPoint[] => sixteenBit.filter((run) => run.year === year);

function at(
  runs: readonly RunPoint[],
  share: number,
  of: (run: RunPoint) => number = ({ mfu }) => mfu,
): number {
  return percentile(
    runs.map(of).sort((a, b) => a - b),
    share,
  );
}

/** Published runs on such a card, of about such a size. */
function likeOurs(s: Scenario): EfficiencySpread {
  const spread = efficiencySpread({
    family: s.cluster.gpu.short,
    precision: s.execution.precision,
    parameters: s.model.parameters,
  });
  if (!spread) throw new Error('There are too few published runs like the one of the training-time chapter.');
  return spread;
}

export const publishedRunFacts = {
  runsSixteenBit: () => plain(sixteenBit.length, 'count'),
  runsLow: () => ratio(at(sixteenBit, 0.25)),
  runsMedian: () => ratio(at(sixteenBit, 0.5)),
  runsHigh: () => ratio(at(sixteenBit, 0.75)),
  runs2021: () => ratio(at(ofYear(2021), 0.5)),
  runs2024: () => ratio(at(ofYear(2024), 0.5)),
  runsSmallCluster: () => ratio(at(small, 0.5)),
  runsLargeCluster: () => ratio(at(large, 0.5)),
  runsLargeCount: () => plain(large.length, 'count'),
  runsLargeHalf: () => plain(large.filter(({ mfu }) => mfu >= 0.5).length, 'count'),
  runsFp8: () => ratio(at(fp8, 0.5)),
  runsFp8OfBf16: () => ratio(at(fp8, 0.5, ({ mfuBf16 }) => mfuBf16)),
  runsLikeOurs: (s) => plain(likeOurs(s).count, 'count'),
  runsLikeLow: (s) => ratio(likeOurs(s).p25),
  runsLikeHigh: (s) => ratio(likeOurs(s).p75),
  runsLikeTop: (s) => ratio(likeOurs(s).p90),
  runsLikeFast: (s) => days(calendarAt(s, likeOurs(s).p75, s.execution.goodput)),
  runsLikeSlow: (s) => days(calendarAt(s, likeOurs(s).p25, s.execution.goodput)),
} satisfies Record<string, Fact>;
