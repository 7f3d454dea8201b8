/** What the chapter states of machines: amounts, memory, peaks, links. */
import {
  BITS_PER_BYTE,
  GIB,
  GIGA,
  MEGA,
  PETA,
  SECONDS_PER_DAY,
  sixNd,
  TERA,
  TIB,
  type Gpu,
} from '#estimator';
import { gpuById } from '#catalog';
import type { Scenario } from '#scenario';
import * as published from './published.ts';
import { gibibytes, gigabytes, say, share, times } from './say.ts';

const h100 = gpuById('h100-sxm5-80gb');
const h200 = gpuById('h200-sxm5-141gb');
const h800 = gpuById('h800-sxm5-80gb');
const a100 = gpuById('a100-sxm4-80gb');
const bf16 = (gpu: Gpu): number => gpu.peak.bf16 ?? Number.NaN;
const fp8 = (gpu: Gpu): number => gpu.peak.fp8 ?? Number.NaN;

const workOfToken = (s: Scenario): number => sixNd(s.model.parameters, 1);
const hdr = published.hdrBits / BITS_PER_BYTE;
const message = 50 * MEGA;
const a100Achievable = published.bestMatmul.a100 / bf16(a100);

export const machineFacts = {
  pflopsDay: say('FLOP', () => PETA * SECONDS_PER_DAY),
  gpt3Published: say('FLOP', () => published.gpt3Work),
  sixNd: say('FLOP', (s) => sixNd(s.model.parameters, s.data.tokens)),
  gpuSecond: say('FLOP', (s) => s.execution.peak),
  tokenTraining: say('FLOP', workOfToken),
  tokensPerGpuSecond: say('token/s', (s) => s.execution.peak / workOfToken(s), 'number'),
  tokensPerGpuSecondHalf: say(
    'token/s',
    (s) => (s.execution.efficiency * s.execution.peak) / workOfToken(s),
    'number',
  ),
  gpuPeak: say('FLOP/s', (s) => s.execution.peak),

  gibOverGb: share(() => GIB / GIGA - 1),
  tibOverTb: share(() => TIB / TERA - 1),
  a100Gb: gigabytes(() => published.driverMemory.a100),
  a100Gib: gibibytes(() => published.driverMemory.a100),
  h100Gb: gigabytes(() => published.driverMemory.h100),
  h100Gib: gibibytes(() => published.driverMemory.h100),
  b200Gb: gigabytes(() => published.driverMemory.b200),
  b200Gib: gibibytes(() => published.driverMemory.b200),
  fitSlack: gigabytes(() => published.driverMemory.h100 - 84 * GIGA),

  h100Bf16: say('FLOP/s', () => bf16(h100)),
  h200Dense: say('FLOP/s', () => bf16(h200)),
  h200TrueShare: share(() => published.h200Logged / bf16(h200)),
  h200NaiveShare: share(() => published.h200Logged / published.h200Printed),
  fp8Share: share(() => published.fp8Rate / fp8(h100)),
  fp8OfBf16: share(() => published.fp8Rate / bf16(h100)),
  mamfA100: share(() => a100Achievable),
  mamfH100: share(() => published.bestMatmul.h100 / bf16(h100)),
  halfOfAchievable: share((s) => s.execution.efficiency / a100Achievable),

  nvlinkLink: say('B/s', () => h100.nvlinkBandwidth / published.nvlink4Links),
  nvlink4OneWay: say('B/s', () => h100.nvlinkBandwidth),
  linkNaive: times(() => published.nvlink4Label / published.pcie5),
  linkTrue: times(() => h100.nvlinkBandwidth / published.pcie5),
  hdrBytes: say('B/s', () => hdr),
  a800Nvlink: say('B/s', (s) => s.cluster.gpu.nvlinkBandwidth),
  a800Ratio: say('count', (s) => s.cluster.gpu.nvlinkBandwidth / hdr),
  a800RatioNaive: say('count', (s) => (2 * s.cluster.gpu.nvlinkBandwidth) / hdr),
  h800OneWay: say('B/s', () => h800.nvlinkBandwidth),
  h800Achieved: share(() => published.h800Achieved / h800.nvlinkBandwidth),
  messageAchieved: say('s', () => message / published.h800Achieved),
  messageLine: say('s', () => message / h800.nvlinkBandwidth),
  messageLabel: say('s', () => message / published.h800Label),
  h800Fp8: say('FLOP/s', () => fp8(h800)),
};
