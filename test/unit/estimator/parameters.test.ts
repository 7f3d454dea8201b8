import { expect, test } from 'vitest';
import { countParameters, type Model } from '#estimator';
import { DEEPSEEK_V3, GPT3, LLAMA3_8B, MIXTRAL } from './shapes.ts';

const total = (model: Model): number => countParameters(model).total;
const added = (base: Model, over: Partial<Model>): number => total({ ...base, ...over }) - total(base);

test('a tied model has no output matrix of its own', () => {
  const { parts } = countParameters(GPT3);
  expect(parts.output).toBe(0);
  expect(parts.embedding).toBe(51_200 * 12_288);
  expect(added(GPT3, { tiedEmbeddings: false })).toBe(51_200 * 12_288);
});

test('learned positions have a row for each token of the context, or as many as said', () => {
  expect(countParameters(GPT3).parts.positions).toBe(2048 * 12_288);
  expect(added(GPT3, { positionRows: 2050 })).toBe(2 * 12_288);
  expect(countParameters({ ...GPT3, positions: 'rotary' }).parts.positions).toBe(0);
});

test('the tables at both ends are those of tokens, of positions, and of the output', () => {
  expect(countParameters({ ...GPT3, tiedEmbeddings: false }).embedding).toBe((2 * 51_200 + 2048) * 12_288);
  expect(countParameters(LLAMA3_8B).embedding).toBe(2 * 128_256 * 4096);
});

test('grouped queries shrink keys and values, and one head is multi-query attention', () => {
  const mha = countParameters({ ...LLAMA3_8B, kvHeads: 32 }).parts.attention;
  const gqa = countParameters(LLAMA3_8B).parts.attention;
  const mqa = countParameters({ ...LLAMA3_8B, kvHeads: 1 }).parts.attention;
  expect(mha - gqa).toBe(32 * 2 * 24 * 128 * 4096);
  expect(gqa - mqa).toBe(32 * 2 * 7 * 128 * 4096);
});

test('a gated MLP has three matrices and a plain one two', () => {
  expect(added(LLAMA3_8B, { gatedMlp: false })).toBe(-32 * 4096 * 14_336);
});

test('biases are counted where they sit', () => {
  const none = { qkv: false, attentionOutput: false, mlp: false };
  const over = (bias: Partial<typeof none>) => added(LLAMA3_8B, { bias: { ...none, ...bias } });
  expect(over({ qkv: true })).toBe(32 * (4096 + 2 * 1024));
  expect(over({ attentionOutput: true })).toBe(32 * 4096);
  expect(over({ mlp: true })).toBe(32 * (2 * 14_336 + 4096));
});

test('a LayerNorm has twice the parameters of an RMSNorm, and an unweighted one none', () => {
  const norms = (over: Partial<Model>) => countParameters({ ...LLAMA3_8B, ...over }).parts.norms;
  expect(norms({})).toBe(65 * 4096);
  expect(norms({ norm: 'layernorm' })).toBe(2 * 65 * 4096);
  expect(norms({ norm: 'unweighted' })).toBe(0);
  expect(norms({ normsPerLayer: 4 })).toBe(129 * 4096);
  expect(norms({ embeddingNorm: true })).toBe(66 * 4096);
});

test('norms on queries and keys span one head, or all of them', () => {
  expect(added(LLAMA3_8B, { qkNorm: true })).toBe(32 * 2 * 128);
  expect(added(LLAMA3_8B, { qkNorm: true, qkNormSpan: 'all-heads' })).toBe(32 * 40 * 128);
});

test('attention sinks and an output bias are counted', () => {
  expect(added(LLAMA3_8B, { attentionSinks: true })).toBe(32 * 32);
  expect(added(LLAMA3_8B, { outputBias: true })).toBe(128_256);
});

test('only the experts that a token does not visit are idle', () => {
  const { total: all, active, parts } = countParameters(MIXTRAL);
  expect(all - active).toBe((parts.experts * 6) / 8);
  expect(countParameters(LLAMA3_8B).active).toBe(total(LLAMA3_8B));
});

test('shared experts with a gate, and a router with a bias, are counted', () => {
  const moe = { ...MIXTRAL.moe!, sharedExperts: 2, sharedFfn: 1024, sharedGate: true, routerBias: true };
  const { parts } = countParameters({ ...MIXTRAL, moe });
  expect(parts.sharedExperts).toBe(32 * (2 * 3 * 4096 * 1024 + 4096));
  expect(parts.router).toBe(32 * (4096 * 8 + 8));
});

test('latent attention may project queries directly, and carry biases on its first projections', () => {
  const mla = { ...DEEPSEEK_V3.mla!, queryRank: null };
  const direct = countParameters({ ...DEEPSEEK_V3, mla }).parts;
  const ranked = countParameters(DEEPSEEK_V3).parts;
  expect(direct.attention - ranked.attention).toBe(61 * (7168 * 128 * 192 - 1536 * (7168 + 128 * 192)));
  expect(ranked.norms - direct.norms).toBe(61 * 1536);
  const bias = { qkv: true, attentionOutput: true, mlp: false };
  expect(added(DEEPSEEK_V3, { bias })).toBe(61 * (1536 + 512 + 64 + 7168));
  expect(added({ ...DEEPSEEK_V3, mla }, { bias })).toBe(61 * (512 + 64 + 7168));
});
