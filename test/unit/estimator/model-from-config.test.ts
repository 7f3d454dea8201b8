import { expect, test } from 'vitest';
import { modelFromConfig, SUPPORTED_ARCHITECTURES, valueOrThrow, type Model } from '#estimator';
import { faultPlace } from '../../../src/estimator/config/parse-json.ts';

const llama = {
  model_type: 'llama',
  num_hidden_layers: 32,
  hidden_size: 4096,
  num_attention_heads: 32,
  num_key_value_heads: 8,
  intermediate_size: 14_336,
  vocab_size: 128_256,
  max_position_embeddings: 8192,
};
const without = (config: object, ...keys: string[]) =>
  Object.fromEntries(Object.entries(config).filter(([key]) => !keys.includes(key)));

function model(config: unknown): Model {
  return valueOrThrow(modelFromConfig(config));
}
function issues(config: unknown) {
  const outcome = modelFromConfig(config);
  return outcome.ok ? [] : outcome.issues;
}
const codes = (config: unknown) => issues(config).map((i) => `${i.path}: ${i.code}`);

test('a config may come parsed or as text', () => {
  expect(model(llama)).toEqual(model(JSON.stringify(llama)));
});

test('a syntax error is reported with its line and column', () => {
  const [issue] = issues('{\n  "model_type": "llama",\n  hidden_size: 4096\n}');
  expect(issue).toMatchObject({ code: 'not-json', path: 'config' });
  expect(issue?.message).toContain('line 3, column 3');
});

test('the place of a syntax error is found in the words of each engine', () => {
  expect(faultPlace('ab\ncd', 'Unexpected token c in JSON at position 3')).toBe('line 2, column 1');
  expect(faultPlace('ab\ncd', 'bad at line 2 column 1 of the JSON data')).toBe('line 2, column 1');
  expect(faultPlace('ab\ncd', 'Unexpected end of JSON input')).toBe('line 2, column 3');
});

test('a text far longer than a config is refused before it is parsed', () => {
  expect(codes(' '.repeat(1_000_001))).toEqual(['config: too-large']);
});

test('what is not an object is not a config', () => {
  for (const nothing of ['"llama"', '[1]', 'null', '7', 7, null, undefined, [llama], true]) {
    expect(codes(nothing)).toEqual(['config: not-json']);
  }
});

test('an architecture that is unknown or absent is named, with those that can be read', () => {
  const [issue] = issues({ model_type: 'mamba2' });
  expect(issue).toMatchObject({ code: 'unsupported-architecture', path: 'model_type' });
  for (const name of SUPPORTED_ARCHITECTURES) expect(issue?.message).toContain(name);
  expect(codes({})).toEqual(['model_type: missing']);
  for (const hostile of ['constructor', '__proto__', 'toString', 7, ['llama'], {}]) {
    expect(codes({ ...llama, model_type: hostile })).toEqual(['model_type: unsupported-architecture']);
  }
});

test('every missing field is named at once', () => {
  expect(codes(without(llama, 'hidden_size', 'vocab_size', 'max_position_embeddings'))).toEqual([
    'hidden_size: missing',
    'vocab_size: missing',
    'max_position_embeddings: missing',
  ]);
});

test('a size that is no sensible number is refused at its field', () => {
  for (const size of ['4096', -1, 0, 1.5, 1e300, [4096], { value: 1 }, true]) {
    expect(codes({ ...llama, hidden_size: size })).toContain('hidden_size: not-an-integer');
  }
});

test('a switch that is neither true nor false is refused', () => {
  expect(codes({ ...llama, tie_word_embeddings: 'yes' })).toEqual(['tie_word_embeddings: unknown-choice']);
});

test('fields inherited from the prototype do not count as given', () => {
  const inherited = Object.create(llama) as object;
  expect(codes({ ...inherited, model_type: 'llama' })).toContain('hidden_size: missing');
  expect(model(JSON.parse(JSON.stringify(llama).replace('{', '{"__proto__":{"head_dim":7},')))).toEqual(
    model(llama),
  );
});

test('heads that do not divide the width need a head_dim', () => {
  expect(issues({ ...llama, num_attention_heads: 24, num_key_value_heads: 8 })).toMatchObject([
    { path: 'hidden_size', code: 'inconsistent', limit: 24 },
  ]);
  expect(model({ ...llama, num_attention_heads: 24, head_dim: 128 }).headDim).toBe(128);
});

test('numbers that are legal alone but not together are caught by the shape’s own check', () => {
  expect(codes({ ...llama, num_key_value_heads: 5 })).toEqual(['kvHeads: inconsistent']);
});

test('biases and ties follow the switches of the file', () => {
  const read = model({ ...llama, attention_bias: true, mlp_bias: true, tie_word_embeddings: true });
  expect(read.bias).toEqual({ qkv: true, attentionOutput: true, mlp: true });
  expect(read.tiedEmbeddings).toBe(true);
  expect(model({ ...llama, model_type: 'smollm3' }).tiedEmbeddings).toBe(true);
  expect(model({ ...llama, model_type: 'granite' })).toEqual(model(llama));
});

test('Mistral has its window unless the file switches it off', () => {
  const mistral = { ...llama, model_type: 'mistral' };
  expect(model(mistral).window).toEqual({ tokens: 4096, layers: 32 });
  expect(model({ ...mistral, sliding_window: null }).window).toBeUndefined();
  expect(model(without(mistral, 'num_key_value_heads')).kvHeads).toBe(8);
});

test('Mixtral and Phi 3 have a window where the file gives one', () => {
  const mixtral = { ...llama, model_type: 'mixtral', num_local_experts: 8, num_experts_per_tok: 2 };
  expect(model(mixtral).window).toBeUndefined();
  expect(model({ ...mixtral, sliding_window: 4096 }).window).toEqual({ tokens: 4096, layers: 32 });
  expect(model({ ...llama, model_type: 'phi3', sliding_window: 2047 }).window).toEqual({
    tokens: 2047,
    layers: 32,
  });
});

test('Qwen 2 has a window only when it is switched on, in the layers after the first ones', () => {
  const qwen = { ...llama, model_type: 'qwen2', sliding_window: 1024, max_window_layers: 28 };
  expect(model(qwen).window).toBeUndefined();
  expect(model({ ...qwen, use_sliding_window: true }).window).toEqual({ tokens: 1024, layers: 4 });
  expect(model({ ...qwen, use_sliding_window: true, max_window_layers: 32 }).window).toBeUndefined();
  const layer_types = Array.from({ length: 32 }, (_, i) => (i < 3 ? 'sliding_attention' : 'full_attention'));
  expect(model({ ...qwen, use_sliding_window: true, layer_types }).window).toEqual({
    tokens: 1024,
    layers: 3,
  });
});

test('Qwen mixtures keep dense layers where the step or the list says so', () => {
  const qwen = {
    ...llama,
    model_type: 'qwen3_moe',
    moe_intermediate_size: 768,
    num_experts: 64,
    num_experts_per_tok: 8,
  };
  expect(model(qwen).moe?.denseLayers).toBe(0);
  expect(model({ ...qwen, decoder_sparse_step: 2 }).moe?.denseLayers).toBe(16);
  expect(model({ ...qwen, mlp_only_layers: [0, 5] }).moe?.denseLayers).toBe(2);
});

test('features that would change the count and are not understood are named', () => {
  const opt = { model_type: 'opt', num_hidden_layers: 24, hidden_size: 1024, num_attention_heads: 16, ffn_dim: 4096, vocab_size: 50_272, max_position_embeddings: 2048 }; // prettier-ignore
  expect(codes({ ...opt, word_embed_proj_dim: 512 })).toEqual(['word_embed_proj_dim: unsupported-feature']);
  expect(model({ ...opt, layer_norm_elementwise_affine: false }).norm).toBe('unweighted');
  const deepseek = { ...llama, model_type: 'deepseek_v2', moe_layer_freq: 2 };
  expect(codes(deepseek)).toContain('moe_layer_freq: unsupported-feature');
});

test('older Falcons differ in norms, positions and heads', () => {
  const falcon = {
    model_type: 'falcon',
    num_hidden_layers: 2,
    hidden_size: 128,
    num_attention_heads: 4,
    vocab_size: 100,
  };
  expect(model(falcon)).toMatchObject({ kvHeads: 1, normsPerLayer: 1, positions: 'rotary', ffn: 512 });
  expect(
    model({ ...falcon, multi_query: false, parallel_attn: false, alibi: true, ffn_hidden_size: 256 }),
  ).toMatchObject({ kvHeads: 4, normsPerLayer: 2, positions: 'none', ffn: 256 });
  const two = { ...falcon, new_decoder_architecture: true, num_kv_heads: 2, num_ln_in_parallel_attn: 1 };
  expect(model(two)).toMatchObject({ kvHeads: 2, normsPerLayer: 1 });
});

test('StarCoder without multi-query attention has as many heads for keys as for queries', () => {
  const config = {
    model_type: 'gpt_bigcode',
    n_layer: 2,
    n_embd: 128,
    n_head: 4,
    n_positions: 64,
    vocab_size: 100,
  };
  expect(model(config).kvHeads).toBe(1);
  expect(model({ ...config, multi_query: false }).kvHeads).toBe(4);
});

test('Nemotron has a plain MLP and no biases', () => {
  expect(model({ ...llama, model_type: 'nemotron' })).toMatchObject({
    gatedMlp: false,
    norm: 'layernorm',
    bias: { qkv: false, attentionOutput: false, mlp: false },
  });
});

test('the text part of a multimodal config is read, whatever its own type is called', () => {
  const text_config = without(llama, 'model_type');
  expect(model({ model_type: 'llama', text_config })).toEqual(model(llama));
  expect(model({ model_type: 'llava', text_config: llama })).toEqual(model(llama));
  expect(codes({ model_type: 'gemma3', text_config: {} })).toContain('hidden_size: missing');
  expect(model({ ...llama, text_config: 7 })).toEqual(model(llama));
});
