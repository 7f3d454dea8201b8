import { countParameters, FLOAT_FORMATS, maxFinite, spacing, effectiveBits, BLOCK_FORMATS } from '#estimator';
import { gpuById, modelById } from '#catalog';
import { published } from '../published.ts';
import { plain, ratio, real, type Fact } from './shared.ts';

const f = FLOAT_FORMATS;
const rate = published.learningRate.value;
const llama = (): number => countParameters(modelById('llama3-8b').shape).total;

/** Least power of two at which a step of one learning rate is at most half a spacing, and is lost by rounding. */
const frozenFrom = (id: 'bf16' | 'fp16'): number => {
  let weight = 2 ** -40;
  while (spacing(f[id], weight) / 2 < rate) weight *= 2;
  return weight;
};

const speedup = (share: number): number => 1 / (1 - share / 2);
const shareFor = (gain: number): number => 2 * (1 - 1 / gain);

/** A GEMM of a batch of 64 with a weight matrix of 4,096 by 8,192. */
const M = 64;
const K = 4096;
const N = 8192;
const moved = (weightBits: number): number => (M * K + M * N) * 2 + (K * N * weightBits) / 8;
const b200 = (): number => gpuById('b200-sxm-180gb').memoryBandwidth;

const ceiling = (): number => 2 ** (published.offset.value + published.threshold.value);

export const exerciseFacts = {
  bf16Frozen: () => real(frozenFrom('bf16'), 4),
  fp16Frozen: () => real(frozenFrom('fp16'), 4),

  llamaParameters: () => plain(llama(), 'size'),
  teBf16: () => plain(llama() * 2, 'B'),
  teCopies: () => plain(llama() * 2, 'B'),
  teBoth: () => plain(llama() * 4, 'B'),
  teStorage: () => plain(llama(), 'B'),

  amdahl50: () => plain(speedup(0.5), 'factor'),
  amdahl70: () => plain(speedup(0.7), 'factor'),
  amdahl80: () => plain(speedup(0.8), 'factor'),
  shareLow: () => ratio(shareFor(published.fp8Low.value)),
  shareHigh: () => ratio(shareFor(published.fp8High.value)),

  e4m3Last: () => real(maxFinite(f['fp8-e4m3']) + spacing(f['fp8-e4m3'], 448) / 2),
  fp16Last: () => real(maxFinite(f.fp16) + spacing(f.fp16, 65_504) / 2, 5),

  gemmBytes: () => plain(moved(16), 'B'),
  gemmTime: () => plain(moved(16) / b200(), 's'),
  gemmBytesNvfp4: () => plain(moved(effectiveBits(BLOCK_FORMATS.nvfp4)), 'B'),
  gemmTimeNvfp4: () => plain(moved(effectiveBits(BLOCK_FORMATS.nvfp4)) / b200(), 's'),
  b200Bandwidth: () => plain(b200(), 'B/s'),
  gemmGain: () => plain(moved(16) / moved(effectiveBits(BLOCK_FORMATS.nvfp4)), 'factor'),

  bugCeiling: () => real(ceiling(), 4),
  bugStart: () => real(2 ** published.offset.value, 4),
  bugClamp: () => plain(ceiling() / maxFinite(f['fp8-e4m3']), 'factor', 2),
  bugRoom: () => real(Math.log2(maxFinite(f['fp8-e4m3'])), 3),
  bugRoomE5m2: () => real(Math.log2(maxFinite(f['fp8-e5m2'])), 3),
} satisfies Record<string, Fact>;
