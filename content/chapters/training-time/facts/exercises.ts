import { efficiencyForTime, eightNd, gpusForTime, mfu, modelFlops, sixNd, timeToTrain } from '#estimator';
import { gpuById, modelById } from '#catalog';
import { published } from '../published.ts';
import { a100Peak } from './efficiency.ts';
import { days, exactTotal, gpuHours, plain, ratio, DAY, type Fact } from './shared.ts';
import type { Scenario } from '#scenario';

const h100Peak = (): number => gpuById('h100-sxm5-80gb').peak.bf16 ?? Number.NaN;
const h800Peak = (format: 'bf16' | 'fp8'): number => gpuById('h800-sxm5-80gb').peak[format] ?? Number.NaN;

const trillion = (): ReturnType<typeof modelById> => modelById('megatron-1t');
const { narayananTrillionGpus, narayananTrillionRate, narayananTrillionTokens } = published;
const trillionTime = (flops: number): number =>
  timeToTrain({ flops, peak: narayananTrillionRate.value, gpus: narayananTrillionGpus.value, efficiency: 1 });
const trillionHfu = (): number => narayananTrillionRate.value / a100Peak();

const k530 = (): number => modelFlops(modelById('megatron-529-6b').shape).total;

const llama = (): ReturnType<typeof modelById> => modelById('llama3-405b');
const llamaFlops = (): number => sixNd(llama().parameters, published.llamaTokens.value);
/** Efficiency of a whole run from its GPU-seconds: n and T only ever appear as their product. */
const overRun = (flops: number, gpuTime: number, peak: number): number =>
  efficiencyForTime({ flops, time: gpuTime, gpus: 1, peak });
const llamaMfu = (): number => overRun(llamaFlops(), published.llamaGpuTime.value, h100Peak());

const llamaExactMfu = (): number =>
  overRun(
    modelFlops(llama().shape, { tokens: published.llamaTokens.value }).total,
    published.llamaGpuTime.value,
    h100Peak(),
  );

const deepseekFlops = (): number => sixNd(published.deepseekActive.value, published.deepseekTokens.value);
const deepseekMfu = (format: 'bf16' | 'fp8'): number =>
  overRun(deepseekFlops(), published.deepseekGpuTime.value, h800Peak(format));

const H100_EFFICIENCY = 0.4;
const h100Run = (s: Scenario): { flops: number; peak: number; efficiency: number; goodput: number } => ({
  flops: exactTotal(s),
  peak: h100Peak(),
  efficiency: H100_EFFICIENCY,
  goodput: s.execution.goodput,
});
const h100Gpus = (s: Scenario): number => gpusForTime({ ...h100Run(s), time: 10 * DAY });

export const exerciseFacts = {
  trillionParameters: () => plain(trillion().parameters, 'size', 4),
  trillionDays: () => days(trillionTime(eightNd(trillion().parameters, narayananTrillionTokens.value))),
  trillionModelDays: () => days(trillionTime(sixNd(trillion().parameters, narayananTrillionTokens.value))),
  trillionHfu: () => ratio(trillionHfu()),
  trillionMfu: () => ratio((trillionHfu() * 3) / 4),

  k530FlopsPerToken: () => plain(k530(), 'FLOP/token'),
  k530Mfu: () =>
    ratio(
      mfu({
        modelFlopsPerToken: k530(),
        tokensPerSecond:
          (published.korthikanti530Batch.value * modelById('megatron-529-6b').shape.sequence) /
          published.korthikanti530Step.value,
        peak: a100Peak(),
        gpus: published.korthikanti530Gpus.value,
      }),
    ),

  llamaFlops: () => plain(llamaFlops(), 'FLOP'),
  h100Peak: () => plain(h100Peak(), 'FLOP/s'),
  llamaMfu: () => ratio(llamaMfu()),
  llamaLossLow: () => ratio(1 - llamaMfu() / published.llamaMfuLow.value),
  llamaLossHigh: () => ratio(1 - llamaMfu() / published.llamaMfuHigh.value),
  llama405Sequence: () => plain(llama().shape.sequence, 'count'),
  llamaExactMfu: () => ratio(llamaExactMfu()),
  llamaExactLossHigh: () => ratio(1 - llamaExactMfu() / published.llamaMfuHigh.value),
  llamaDays: () => days(published.llamaGpuTime.value / published.llamaGpus.value),
  fiftyFourMfu: () =>
    ratio(overRun(llamaFlops(), published.llamaWindow.value * published.llamaGpus.value, h100Peak())),

  deepseekFlops: () => plain(deepseekFlops(), 'FLOP'),
  deepseekBf16Mfu: () => ratio(deepseekMfu('bf16')),
  deepseekFp8Mfu: () => ratio(deepseekMfu('fp8')),
  deepseekDays: () => days(published.deepseekGpuTime.value / published.deepseekGpus.value),

  h100Gpus: (s) => plain(Math.ceil(h100Gpus(s)), 'GPU'),
  h100Nodes: (s) => plain(Math.ceil(h100Gpus(s) / 8), 'count'),
  h100GpuHours: (s) => gpuHours(timeToTrain({ ...h100Run(s), gpus: 1 })),
  h100OverA800: (s) => plain(h100Peak() / s.execution.peak, 'factor'),
} satisfies Record<string, Fact>;
