import { describe, expect, test } from 'vitest';
import { modelFromConfig, SUPPORTED_ARCHITECTURES, valueOrThrow, type Model } from '#estimator';

/** Sizes that every family understands; what a family does not read it ignores. */
const SIZES = {
  num_hidden_layers: 8,
  hidden_size: 256,
  num_attention_heads: 16,
  intermediate_size: 512,
  vocab_size: 100,
  max_position_embeddings: 64,
  num_experts: 8,
  num_experts_per_tok: 2,
  n_routed_experts: 8,
  moe_intermediate_size: 48,
  shared_expert_intermediate_size: 96,
  q_lora_rank: 32,
  kv_lora_rank: 24,
  qk_nope_head_dim: 12,
  qk_rope_head_dim: 4,
  v_head_dim: 10,
};

function model(model_type: string, over: object = {}): Model {
  return valueOrThrow(modelFromConfig({ ...SIZES, model_type, ...over }));
}

/** Defaults of transformers' configuration classes. */
const TIED = new Set([
  'smollm3',
  'gemma',
  'gemma2',
  'gemma3_text',
  'gpt2',
  'gpt_bigcode',
  'opt',
  'bloom',
  'falcon',
  'starcoder2',
]);

test.each(SUPPORTED_ARCHITECTURES)('%s ties its tables as its class does, or as the file says', (type) => {
  expect(model(type).tiedEmbeddings).toBe(TIED.has(type));
  expect(model(type, { tie_word_embeddings: null }).tiedEmbeddings).toBe(TIED.has(type));
  expect(model(type, { tie_word_embeddings: true }).tiedEmbeddings).toBe(true);
  expect(model(type, { tie_word_embeddings: false }).tiedEmbeddings).toBe(false);
});

describe('biases', () => {
  const none = { qkv: false, attentionOutput: false, mlp: false };
  const all = { qkv: true, attentionOutput: true, mlp: true };
  const attention = { qkv: true, attentionOutput: true, mlp: false };
  const mlp = { qkv: false, attentionOutput: false, mlp: true };
  const queries = { qkv: true, attentionOutput: false, mlp: false };

  test.each([
    ['llama', 'attention_bias', none, attention],
    ['llama', 'mlp_bias', none, mlp],
    ['gpt_neox', 'attention_bias', all, mlp],
    ['opt', 'enable_bias', all, none],
    ['falcon', 'bias', none, all],
    ['starcoder2', 'use_bias', all, none],
    ['nemotron', 'attention_bias', none, attention],
    ['nemotron', 'mlp_bias', none, mlp],
    ['qwen2_moe', 'qkv_bias', queries, none],
    ['deepseek_v3', 'attention_bias', none, attention],
    ['gpt_oss', 'attention_bias', all, mlp],
  ] as const)('of %s follow %s, and its class where it is not said', (type, field, unsaid, turned) => {
    const usual = unsaid === none || field === 'mlp_bias' ? false : true;
    expect(model(type).bias).toEqual(unsaid);
    expect(model(type, { [field]: usual }).bias).toEqual(unsaid);
    expect(model(type, { [field]: !usual }).bias).toEqual(turned);
  });

  test('are fixed in GPT-2, GPT-J, Phi and Qwen 2', () => {
    expect(['gpt2', 'gptj', 'phi', 'qwen2'].map((type) => model(type).bias)).toEqual([
      all,
      mlp,
      all,
      queries,
    ]);
  });
});

describe('heads', () => {
  test.each([
    ['llama', 16],
    ['qwen3', 128],
    ['qwen3_moe', 128],
    ['gemma', 256],
    ['gemma2', 256],
    ['gemma3_text', 256],
    ['gpt_oss', 64],
  ])('of %s are %i wide unless the file says', (type, width) => {
    expect(model(type).headDim).toBe(width);
    expect(model(type, { head_dim: 40 }).headDim).toBe(40);
  });

  test('of DeepSeek are as wide as their part without positions, in latent attention', () => {
    expect(model('deepseek_v2')).toMatchObject({
      headDim: 12,
      mla: { queryRank: 32, kvRank: 24, nopeDim: 12, ropeDim: 4, valueDim: 10 },
    });
    const direct = model('deepseek_v2', { q_lora_rank: null, qk_rope_head_dim: 0 });
    expect(direct.mla).toMatchObject({ queryRank: null, ropeDim: 0 });
  });

  test('of keys and values are as many as the file says, else as the class', () => {
    const heads = (type: string, over: object = {}) => model(type, over).kvHeads;
    expect(heads('llama')).toBe(16);
    expect(heads('mistral')).toBe(8);
    expect(heads('mistral', { num_key_value_heads: 2 })).toBe(2);
    expect(heads('gemma3_text')).toBe(4);
    expect(heads('gpt_bigcode')).toBe(1);
    expect(heads('falcon', { new_decoder_architecture: true })).toBe(16);
    expect(heads('falcon', { new_decoder_architecture: true, n_head_kv: 4 })).toBe(4);
  });

  test('of Falcon may be called n_head', () => {
    const { num_attention_heads: heads, ...others } = SIZES;
    const outcome = modelFromConfig({ ...others, n_head: heads, model_type: 'falcon' });
    expect(outcome).toEqual({ ok: true, value: model('falcon') });
  });
});

describe('windows', () => {
  const window = (type: string, over: object = {}) => model(type, over).window;

  test('Gemma 2 and gpt-oss: every other layer, from the first', () => {
    expect(window('gemma2', { num_hidden_layers: 7 })).toEqual({ tokens: 4096, layers: 4 });
    expect(window('gemma2', { sliding_window: 512 })).toEqual({ tokens: 512, layers: 4 });
    expect(window('gpt_oss', { num_hidden_layers: 7 })).toEqual({ tokens: 128, layers: 4 });
    expect(window('gpt_oss', { sliding_window: 64 })).toEqual({ tokens: 64, layers: 4 });
  });

  test('Gemma 3: all but every sixth, or as the file says', () => {
    expect(window('gemma3_text')).toEqual({ tokens: 4096, layers: 7 });
    expect(window('gemma3_text', { num_hidden_layers: 12 })).toEqual({ tokens: 4096, layers: 10 });
    expect(window('gemma3_text', { sliding_window_pattern: 4 })).toEqual({ tokens: 4096, layers: 6 });
  });

  test('a list of layers longer than the model counts as all of them', () => {
    const layer_types = Array.from({ length: 20 }, () => 'sliding_attention');
    expect(window('gemma2', { layer_types })).toEqual({ tokens: 4096, layers: 8 });
    expect(window('gemma2', { layer_types: ['full_attention'] })).toBeUndefined();
  });
});

test('Gemma 3 inside a multimodal config has its class’s sizes where it states none', () => {
  const text_config = { num_hidden_layers: 2, hidden_size: 256, intermediate_size: 512 };
  const outcome = modelFromConfig({ model_type: 'gemma3', text_config });
  expect(outcome).toMatchObject({
    ok: true,
    value: { heads: 8, kvHeads: 4, headDim: 256, vocab: 262_208, sequence: 131_072 },
  });
  expect(model('gemma3_text')).toMatchObject({ heads: 16, vocab: 100, sequence: 64 });
});

test('BLOOM and Falcon were trained on 2,048 tokens where the file does not say', () => {
  for (const type of ['bloom', 'falcon']) {
    expect(model(type, { max_position_embeddings: null }).sequence).toBe(2048);
    expect(model(type, { max_position_embeddings: null, seq_length: 512 }).sequence).toBe(512);
  }
});

describe('experts', () => {
  const moe = (type: string, over: object = {}) => model(type, over).moe;
  const routed = { experts: 8, topK: 2, routerBias: false };

  test('of Mixtral and OLMoE are as wide as the MLP, in every layer', () => {
    const wide = { ...routed, expertFfn: 512, sharedExperts: 0, sharedFfn: 0, denseLayers: 0 };
    expect(moe('mixtral')).toEqual(wide);
    expect(moe('olmoe')).toEqual(wide);
    expect(moe('mixtral', { num_local_experts: 4 })?.experts).toBe(4);
    expect(moe('gpt_oss')).toEqual({ ...wide, routerBias: true });
  });

  test('of Qwen are narrower, the older ones with a gated shared one', () => {
    expect(moe('qwen3_moe')).toEqual({
      ...routed,
      expertFfn: 48,
      sharedExperts: 0,
      sharedFfn: 0,
      denseLayers: 0,
    });
    expect(moe('qwen2_moe')).toMatchObject({ sharedExperts: 1, sharedFfn: 96, sharedGate: true });
    expect(moe('qwen3_moe', { num_experts: null, num_local_experts: 6 })?.experts).toBe(6);
    // Of eight layers the third and the sixth have experts.
    expect(moe('qwen3_moe', { decoder_sparse_step: 3 })?.denseLayers).toBe(6);
  });

  test('of DeepSeek come after dense layers and beside shared experts, where the file has them', () => {
    expect(moe('deepseek_v2')).toEqual({
      ...routed,
      expertFfn: 48,
      sharedExperts: 0,
      sharedFfn: 48,
      denseLayers: 0,
    });
    const stated = { n_shared_experts: 0, first_k_dense_replace: 0, moe_layer_freq: 1 };
    expect(moe('deepseek_v2', stated)).toEqual(moe('deepseek_v2'));
    expect(moe('deepseek_v3', { n_shared_experts: 2, first_k_dense_replace: 3 })).toMatchObject({
      sharedExperts: 2,
      denseLayers: 3,
      routerBias: true,
    });
  });
});
