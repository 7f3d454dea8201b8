import { deliveredRate, efficiencyForTime, sixNd, timeToTrain } from '#estimator';
import { days, delivery, exactTotal, gpuHours, hours, plain, ratio, DAY, type Fact } from './shared.ts';
import type { Scenario } from '#scenario';

export const sixNdOf = (s: Scenario): number => sixNd(s.model.parameters, s.data.tokens);
export const sixNdTime = (s: Scenario): number => timeToTrain({ flops: sixNdOf(s), ...delivery(s) });
export const exactTime = (s: Scenario): number => timeToTrain({ flops: exactTotal(s), ...delivery(s) });
export const calendarTime = (s: Scenario): number =>
  timeToTrain({ flops: exactTotal(s), ...delivery(s), goodput: s.execution.goodput });

/** What one more point of efficiency saves by 6ND, seconds. */
function onePoint(s: Scenario): number {
  const better = { ...delivery(s), efficiency: s.execution.efficiency + 0.01 };
  return sixNdTime(s) - timeToTrain({ flops: sixNdOf(s), ...better });
}

export const quotientFacts = {
  sixNd: (s) => plain(sixNdOf(s), 'FLOP'),
  clusterPeak: (s) => plain(deliveredRate({ ...delivery(s), efficiency: 1 }), 'FLOP/s'),
  sustained: (s) => plain(deliveredRate(delivery(s)), 'FLOP/s'),
  sixNdDays: (s) => days(sixNdTime(s)),
  exactDays: (s) => days(exactTime(s)),
  goodputDays: (s) => days(calendarTime(s)),
  onePointHours: (s) => hours(onePoint(s)),
  onePointGpuHours: (s) => gpuHours(onePoint(s) * s.cluster.gpus),
  gpuHours: (s) => gpuHours(sixNdTime(s) * s.cluster.gpus),
  goodputGpuHours: (s) => gpuHours(calendarTime(s) * s.cluster.gpus),
  efficiencyForTwoMonths: (s) =>
    ratio(
      efficiencyForTime({
        flops: exactTotal(s),
        time: 60 * DAY,
        ...delivery(s),
        goodput: s.execution.goodput,
      }),
    ),
} satisfies Record<string, Fact>;
