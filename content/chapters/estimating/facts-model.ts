/** What the chapter states of models: parameters, operations, utilisations, bytes, fractions. */
import {
  countParameters,
  hfu,
  megatronHardwareFlops,
  mfu,
  modelFlops,
  modelStateBytes,
  SECONDS_PER_DAY,
  SECONDS_PER_HOUR,
  sixNd,
  timeToTrain,
  eightNd,
  type Gpu,
  type Model,
  type Recompute,
} from '#estimator';
import { gpuById, modelById } from '#catalog';
import type { Scenario } from '#scenario';
import * as published from './published.ts';
import { days, say, share, times } from './say.ts';

const bf16 = (gpu: Gpu): number => gpu.peak.bf16 ?? Number.NaN;
const a100 = gpuById('a100-sxm4-80gb');
const h100 = gpuById('h100-sxm5-80gb');
const h800 = gpuById('h800-sxm5-80gb');
const gpt3 = modelById('gpt3-175b').shape;
const gpt3Small = modelById('gpt3-125m').shape;
const llama8b = modelById('llama3-8b').shape;
const deepseekV3 = modelById('deepseek-v3').shape;

const total = (model: Model): number => countParameters(model).total;
const tables = (model: Model): number => countParameters(model).embedding;

/** Exact model FLOPs over 6ND with the nominal N, per token. */
const overSix = (s: Scenario, causal: boolean): number =>
  modelFlops(gpt3, { causal }).total / sixNd(s.model.parameters, 1);

const longContext = 32_768;
function attentionOverSix(causal: boolean): number {
  const { forward, backward } = modelFlops(llama8b, { sequence: longContext, causal });
  return (forward.attentionScores + backward.attentionScores) / sixNd(total(llama8b), 1);
}

/** The papers pad GPT-3's 50,257 tokens to a multiple that eight GPUs can share. */
const padded = { ...gpt3, vocab: 51_200 };
const korthikanti = (time: number) => ({
  tokensPerSecond: (published.recompute.batch * padded.sequence) / time,
  peak: bf16(a100),
  gpus: published.recompute.gpus,
});
const mfu175 = (time: number): number =>
  mfu({ ...korthikanti(time), modelFlopsPerToken: megatronHardwareFlops(padded, 'none') });
const hfu175 = (time: number, mode: Recompute): number =>
  hfu({ ...korthikanti(time), hardwareFlopsPerToken: megatronHardwareFlops(padded, mode) });
/** Selective recomputation repeats two of the six attention products; the printed formula adds all six. */
const selectiveHfuCorrected = (): number => {
  const { selective } = published.recompute;
  return mfu175(selective) + (hfu175(selective, 'selective') - mfu175(selective)) / 3;
};

const narayananHfu = (s: Scenario): number => published.narayananRate / s.execution.peak;
const narayanan = (s: Scenario, flops: number): number =>
  timeToTrain({ flops, peak: s.execution.peak, gpus: s.cluster.gpus, efficiency: narayananHfu(s) });

type Recipe = Parameters<typeof modelStateBytes>[1];
const state = (recipe: Recipe) => (s: Scenario) => modelStateBytes(s.model.parameters, recipe).total;
const cards = (recipe: Recipe) => (s: Scenario) => Math.ceil(state(recipe)(s) / s.cluster.gpu.memory);

/** Idle share of a pipeline of p stages and m micro-batches, over the useful and over the whole time. */
const bubble = (p: number, m: number) => ({ ideal: (p - 1) / m, whole: (p - 1) / (m + p - 1) });

const llamaShare = (gpuSeconds: number): number =>
  sixNd(published.llama.parameters, published.llama.tokens) / (gpuSeconds * bf16(h100));
const llamaRun = (): number => llamaShare(published.llama.gpuHours * SECONDS_PER_HOUR);
const llamaSnapshot = (): number =>
  llamaShare(published.llama.windowDays * SECONDS_PER_DAY * published.llama.windowGpus);

const { deepseek } = published;
const deepseekShare = (peak: number, perParameter = 6): number =>
  (perParameter * deepseek.active * deepseek.tokens) / (deepseek.gpuHours * SECONDS_PER_HOUR * peak);
const h800Fp8 = h800.peak.fp8 ?? Number.NaN;

export const modelFacts = {
  gpt3Exact: say('size', () => total(gpt3)),
  gpt3NonEmbedding: say('size', () => total(gpt3) - tables(gpt3)),
  nSpread: share((s) => s.model.parameters / (total(gpt3) - tables(gpt3)) - 1),
  smallEmbeddingShare: share(() => tables(gpt3Small) / total(gpt3Small)),
  dsv3Total: say('size', () => total(deepseekV3)),
  dsv3Active: say('size', () => countParameters(deepseekV3).active),

  exactOverSix: share((s) => overSix(s, false) - 1),
  causalOverSix: share((s) => overSix(s, true) - 1),
  longContext: say('count', () => longContext),
  longFull: share(() => attentionOverSix(false)),
  longCausal: share(() => attentionOverSix(true)),

  fullHfu: share(() => hfu175(published.recompute.full, 'full')),
  fullMfu: share(() => mfu175(published.recompute.full)),
  selectiveHfu: share(() => hfu175(published.recompute.selective, 'selective')),
  selectiveHfuCorrected: share(selectiveHfuCorrected),
  selectiveMfu: share(() => mfu175(published.recompute.selective)),
  recomputeSpeedup: share(() => published.recompute.full / published.recompute.selective - 1),
  narayananHfu: share(narayananHfu),
  narayananMfu: share((s) => (narayananHfu(s) * 6) / 8),
  narayananDays: days((s) => narayanan(s, eightNd(s.model.parameters, s.data.tokens))),
  narayananDaysNoRecompute: days((s) => narayanan(s, sixNd(s.model.parameters, s.data.tokens))),

  state16: say('B', state('mixed-16')),
  state18: say('B', state('mixed-18')),
  state20: say('B', state('mixed-20')),
  cards16: say('count', cards('mixed-16')),
  cards18: say('count', cards('mixed-18')),
  cards20: say('count', cards('mixed-20')),

  bubbleIdeal: share(() => bubble(16, 192).ideal),
  bubbleTotal: share(() => bubble(16, 192).whole),
  bubbleIdealShort: share(() => bubble(16, 8).ideal),
  bubbleTotalShort: share(() => bubble(16, 8).whole),
  llamaRun: share(llamaRun),
  llamaSnapshot: share(llamaSnapshot),

  bugSix: share(() => deepseekShare(deepseek.pciePeak)),
  bugFixed: share(() => deepseekShare(h800Fp8)),
  bugBf16: share(() => deepseekShare(bf16(h800))),
  bugFactor: times(() => deepseekShare(h800Fp8) / deepseekShare(deepseek.pciePeak, 2)),
};
