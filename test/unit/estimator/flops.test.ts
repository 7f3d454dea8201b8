import { expect, test } from 'vitest';
import {
  countParameters,
  eightNd,
  hardwareFlops,
  megatronFlops,
  megatronHardwareFlops,
  modelFlops,
  sixNd,
  sumParts,
} from '#estimator';
import { DEEPSEEK_V3, GPT3, LLAMA3_8B, MIXTRAL } from './shapes.ts';

test('every weight that is multiplied costs six FLOPs a token', () => {
  const { parts } = countParameters(LLAMA3_8B);
  const { forward, backward } = modelFlops(LLAMA3_8B);
  expect(forward.attentionProjections + backward.attentionProjections).toBe(6 * parts.attention);
  expect(forward.mlp + backward.mlp).toBe(6 * parts.mlp);
  expect(forward.logits + backward.logits).toBe(6 * parts.output);
});

test('a tied output is multiplied although it has no parameters of its own', () => {
  expect(modelFlops(GPT3).forward.logits).toBe(2 * 51_200 * 12_288);
});

test('a mixture of experts computes with its router and the experts it visits', () => {
  const { forward } = modelFlops(MIXTRAL);
  expect(forward.experts).toBe(2 * 32 * 2 * 3 * 4096 * 14_336);
  expect(forward.router).toBe(2 * 32 * 4096 * 8);
  expect(forward.mlp).toBe(0);
  const moe = { ...MIXTRAL.moe!, sharedExperts: 1, sharedFfn: 512, sharedGate: true };
  expect(modelFlops({ ...MIXTRAL, moe }).forward.sharedExperts).toBe(2 * 32 * (3 * 4096 * 512 + 4096));
});

test('latent attention multiplies each weight once, with or without a rank for queries', () => {
  const weights = countParameters(DEEPSEEK_V3).parts.attention;
  expect(modelFlops(DEEPSEEK_V3).forward.attentionProjections).toBe(2 * weights);
  const direct = { ...DEEPSEEK_V3, mla: { ...DEEPSEEK_V3.mla!, queryRank: null } };
  expect(modelFlops(direct).forward.attentionProjections).toBe(2 * countParameters(direct).parts.attention);
});

test('latent attention scores use the full key width and the value width', () => {
  expect(modelFlops(DEEPSEEK_V3).forward.attentionScores).toBe(2 * 61 * 4096 * 128 * (128 + 64 + 128));
});

test('the causal count has half the scores and all of the rest', () => {
  const full = modelFlops(GPT3);
  const causal = modelFlops(GPT3, { causal: true });
  expect(causal.convention).toBe('exact-causal');
  expect(causal.forward.attentionScores).toBe(full.forward.attentionScores / 2);
  expect(full.total - causal.total).toBe((3 * full.forward.attentionScores) / 2);
});

test('a window limits the keys of its layers only, and never below what the sequence has', () => {
  const scores = (tokens: number, layers: number, causal = false) =>
    modelFlops({ ...LLAMA3_8B, window: { tokens, layers } }, { causal }).forward.attentionScores;
  const full = modelFlops(LLAMA3_8B).forward.attentionScores;
  expect(scores(4096, 16)).toBe(full * 0.75);
  expect(scores(100_000, 32)).toBe(full);
  // w - w²/2s keys on average: 4096 - 1024 of 8192.
  expect(scores(4096, 32, true)).toBe((full * 3072) / 8192);
});

test('a run of tokens costs the sum of its tokens', () => {
  expect(modelFlops(GPT3, { tokens: 1000 }).total).toBe(1000 * modelFlops(GPT3).total);
});

test('recomputing nothing leaves hardware FLOPs equal to model FLOPs', () => {
  const { total, recompute } = hardwareFlops(GPT3, { recompute: 'none' });
  expect(total).toBe(modelFlops(GPT3).total);
  expect(sumParts(recompute)).toBe(0);
});

test('selective recomputation runs the scores again and nothing else', () => {
  const { recompute, forward } = hardwareFlops(GPT3, { recompute: 'selective' });
  expect(sumParts(recompute)).toBe(forward.attentionScores);
});

test('full recomputation runs every layer again, but not the logits', () => {
  const { recompute, forward } = hardwareFlops(GPT3, { recompute: 'full' });
  expect(sumParts(recompute)).toBe(sumParts(forward) - forward.logits);
});

test('on a plain GPT the exact count is Megatron’s formula', () => {
  expect(modelFlops(GPT3).total).toBeCloseTo(megatronFlops(GPT3), -2);
  expect(hardwareFlops(GPT3, { recompute: 'full' }).total).toBeCloseTo(
    megatronHardwareFlops(GPT3, 'full'),
    -2,
  );
});

test('Megatron’s hardware formula without recomputation is its model formula', () => {
  expect(megatronHardwareFlops(GPT3, 'none', 7)).toBe(megatronFlops(GPT3, 7));
});

test('Megatron’s formulas count every token alike', () => {
  expect(megatronFlops(GPT3, 4)).toBeCloseTo(4 * megatronFlops(GPT3), -3);
  expect(megatronHardwareFlops(GPT3, 'full', 4)).toBeCloseTo(4 * megatronHardwareFlops(GPT3, 'full'), -3);
});

test('the printed formula of selective recomputation counts three forward passes of scores where one is run', () => {
  const { forward, total } = hardwareFlops(GPT3, { recompute: 'selective' });
  const printed = megatronHardwareFlops(GPT3, 'selective');
  expect(printed - total).toBeCloseTo(2 * forward.attentionScores, -2);
});

test('6ND and 8ND are what their names say', () => {
  expect(sixNd(175e9, 300e9)).toBe(3.15e23);
  expect(eightNd(175e9, 300e9)).toBe(4.2e23);
});
