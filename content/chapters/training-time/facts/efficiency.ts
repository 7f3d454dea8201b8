import { hardwareFlops, hfu, mfu, modelFlops, type Recompute } from '#estimator';
import { gpuById } from '#catalog';
import { published } from '../published.ts';
import { exactPerToken, plain, ratio, shapeOf, type Fact } from './shared.ts';
import type { Scenario } from '#scenario';

const { korthikantiBatch, korthikantiFullStep, korthikantiGpus, korthikantiStep, narayananRate } = published;

/** Both papers measured on A100 in 16 bits. */
export const a100Peak = (): number => gpuById('a100-sxm4-80gb').peak.fp16 ?? Number.NaN;

const throughput = (s: Scenario, step: number) => ({
  tokensPerSecond: (korthikantiBatch.value * shapeOf(s).sequence) / step,
  peak: a100Peak(),
  gpus: korthikantiGpus.value,
});

export const korthikantiMfu = (s: Scenario, step: number = korthikantiStep.value): number =>
  mfu({ modelFlopsPerToken: exactPerToken(s).total, ...throughput(s, step) });

export const korthikantiHfu = (s: Scenario, recompute: Recompute, step: number): number =>
  hfu({ hardwareFlopsPerToken: hardwareFlops(shapeOf(s), { recompute }).total, ...throughput(s, step) });

export const narayananHfu = (): number => narayananRate.value / a100Peak();

/** Their rate counts full recomputation; the model's share of it is what MFU keeps. */
export const narayananMfu = (s: Scenario): number =>
  (narayananHfu() * modelFlops(shapeOf(s)).total) / hardwareFlops(shapeOf(s), { recompute: 'full' }).total;

export const efficiencyFacts = {
  peak: (s) => plain(s.execution.peak, 'FLOP/s'),
  sparsePeak: (s) => plain(s.execution.peak * s.cluster.gpu.sparsity, 'FLOP/s'),
  peakTf32: (s) => plain(s.cluster.gpu.peak.tf32 ?? Number.NaN, 'FLOP/s'),
  peakFp32: (s) => plain(s.cluster.gpu.peak.fp32 ?? Number.NaN, 'FLOP/s'),
  nvlinkA800: (s) => plain(s.cluster.gpu.nvlinkBandwidth, 'B/s'),
  nvlinkA100: () => plain(gpuById('a100-sxm4-80gb').nvlinkBandwidth, 'B/s'),
  narayananHfu: () => ratio(narayananHfu()),
  narayananMfu: (s) => ratio(narayananMfu(s)),
  korthikantiMfu: (s) => ratio(korthikantiMfu(s)),
  korthikantiFullMfu: (s) => ratio(korthikantiMfu(s, korthikantiFullStep.value)),
  korthikantiHfu: (s) => ratio(korthikantiHfu(s, 'selective', korthikantiStep.value)),
  korthikantiFullHfu: (s) => ratio(korthikantiHfu(s, 'full', korthikantiFullStep.value)),
} satisfies Record<string, Fact>;
