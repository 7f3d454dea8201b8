import { expect, test } from 'vitest';
import { checkModel, type Model } from '#estimator';
import { DEEPSEEK_V3, GPT3, LLAMA3_8B, MIXTRAL } from './shapes.ts';

const broken = (base: Model, over: Record<string, unknown>) => checkModel({ ...base, ...over });
const codes = (base: Model, over: Record<string, unknown>) =>
  broken(base, over).map((i) => `${i.path}: ${i.code}`);

test('real shapes have nothing wrong with them', () => {
  for (const model of [GPT3, LLAMA3_8B, MIXTRAL, DEEPSEEK_V3]) expect(checkModel(model)).toEqual([]);
});

test('every number is checked at its own path', () => {
  expect(codes(GPT3, { layers: 0 })).toEqual(['layers: too-small']);
  expect(codes(GPT3, { hidden: 1e9 })).toEqual(['hidden: too-large']);
  expect(codes(GPT3, { heads: 1.5 })).toEqual(['heads: not-an-integer']);
  expect(codes(GPT3, { vocab: '50k' })).toEqual(['vocab: not-a-number']);
  expect(codes(GPT3, { sequence: NaN })).toEqual(['sequence: not-a-number']);
  expect(codes(GPT3, { ffn: undefined })).toEqual(['ffn: missing']);
  expect(codes(GPT3, { normsPerLayer: -1 })).toEqual(['normsPerLayer: too-small']);
  expect(codes(GPT3, { positionRows: 0 })).toEqual(['positionRows: too-small']);
});

test('choices are checked against what there is', () => {
  expect(codes(GPT3, { norm: 'batchnorm' })).toEqual(['norm: unknown-choice']);
  expect(codes(GPT3, { positions: undefined })).toEqual(['positions: unknown-choice']);
  expect(codes(GPT3, { bias: undefined })).toEqual(['bias: missing']);
});

test('heads of keys and values must divide the heads, unless attention is latent', () => {
  expect(broken(LLAMA3_8B, { kvHeads: 6 })[0]).toMatchObject({
    path: 'kvHeads',
    code: 'inconsistent',
    limit: 32,
  });
  expect(codes(DEEPSEEK_V3, { kvHeads: 7 })).toEqual([]);
});

test('groups are checked inside, and must be groups', () => {
  expect(codes(MIXTRAL, { moe: { ...MIXTRAL.moe, topK: 0 } })).toEqual(['moe.topK: too-small']);
  expect(codes(MIXTRAL, { moe: { ...MIXTRAL.moe, topK: 1.5 } })).toEqual(['moe.topK: not-an-integer']);
  expect(codes(DEEPSEEK_V3, { mla: { ...DEEPSEEK_V3.mla, kvRank: 0 } })).toEqual(['mla.kvRank: too-small']);
  expect(codes(DEEPSEEK_V3, { mla: { ...DEEPSEEK_V3.mla, queryRank: 0 } })).toEqual([
    'mla.queryRank: too-small',
  ]);
  expect(codes(DEEPSEEK_V3, { mla: { ...DEEPSEEK_V3.mla, queryRank: null } })).toEqual([]);
  expect(codes(GPT3, { window: { tokens: 0, layers: 4 } })).toEqual(['window.tokens: too-small']);
  expect(codes(GPT3, { moe: 8 })).toEqual(['moe: not-a-number']);
});

test('what contradicts another field is named with the limit', () => {
  const moe = (over: object) => ({ moe: { ...MIXTRAL.moe, ...over } });
  expect(broken(MIXTRAL, moe({ topK: 9 }))[0]).toMatchObject({ path: 'moe.topK', limit: 8 });
  expect(broken(MIXTRAL, moe({ denseLayers: 33 }))[0]).toMatchObject({ path: 'moe.denseLayers', limit: 32 });
  expect(broken(MIXTRAL, moe({ sharedExperts: 1 }))[0]).toMatchObject({ path: 'moe.sharedFfn' });
  expect(broken(MIXTRAL, { ffn: 0 })).toEqual([]);
  expect(broken(MIXTRAL, { ffn: 0, ...moe({ denseLayers: 1 }) })[0]).toMatchObject({ path: 'ffn' });
  expect(broken(GPT3, { ffn: 0 })[0]).toMatchObject({ path: 'ffn' });
  expect(broken(GPT3, { window: { tokens: 9, layers: 97 } })[0]).toMatchObject({
    path: 'window.layers',
    limit: 96,
  });
});

test('what is no model at all is said to be missing', () => {
  for (const nothing of [null, undefined, 7, 'gpt']) {
    expect(checkModel(nothing as unknown as Model)).toMatchObject([{ code: 'missing', path: 'model' }]);
  }
});

test('every issue says in words what would be right', () => {
  const moe = (over: object) => ({ moe: { ...MIXTRAL.moe, ...over } });
  const said = (base: Model, over: Record<string, unknown>) => broken(base, over).map((i) => i.message);
  expect(said(GPT3, { layers: 0 })).toEqual(['layers must be at least 1.']);
  expect(said(GPT3, { layers: 1e6 })).toEqual(['layers must be at most 100000.']);
  expect(said(GPT3, { layers: 1.7 })).toEqual(['layers must be a whole number, for instance 2.']);
  expect(said(GPT3, { layers: true })).toEqual(['layers must be a finite number.']);
  expect(said(GPT3, { layers: null })).toEqual(['layers is needed and was not given.']);
  expect(said(GPT3, { norm: 'batchnorm' })).toEqual(['norm must be one of layernorm, rmsnorm, unweighted.']);
  expect(said(GPT3, { bias: undefined })).toEqual(['bias is needed.']);
  expect(said(LLAMA3_8B, { kvHeads: 6 })).toEqual(['kvHeads must divide the 32 heads evenly; 6 does not.']);
  expect(said(MIXTRAL, moe({ topK: 9 }))).toEqual(['A token cannot visit 9 of 8 experts.']);
  expect(said(MIXTRAL, moe({ denseLayers: 33 }))).toEqual(['33 dense layers do not fit into 32 layers.']);
  expect(said(MIXTRAL, moe({ sharedExperts: 1 }))).toEqual([
    'Shared experts need an inner width of at least 1.',
  ]);
  expect(said(GPT3, { ffn: 0 })).toEqual(['Layers with a dense MLP need an inner width of at least 1.']);
  expect(said(GPT3, { window: { tokens: 9, layers: 97 } })).toEqual([
    '97 windowed layers do not fit into 96 layers.',
  ]);
  expect(said(GPT3, { mla: 1 })).toEqual(['mla must be a group of numbers, or left out.']);
  expect(said(GPT3, { window: 1 })).toEqual(['window must be a group of numbers, or left out.']);
});

test('a number as large as another allows is sound: all experts visited, all layers dense or windowed', () => {
  const moe = { ...MIXTRAL.moe!, topK: 8, denseLayers: 32 };
  expect(broken(MIXTRAL, { moe, window: { tokens: 9, layers: 32 } })).toEqual([]);
});
