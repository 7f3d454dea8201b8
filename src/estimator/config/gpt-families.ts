import type { Model } from '../types.ts';
import { ALL_BIAS, baseModel, contextOr2048, innerOrFourTimes } from './base.ts';
import type { ConfigReader } from './reader.ts';

/** Families in GPT-2's line: LayerNorm, plain MLPs, biases. Defaults are those of transformers' configuration classes. */

const gptTraits = {
  gatedMlp: false,
  norm: 'layernorm',
  bias: ALL_BIAS,
  qkNorm: false,
} as const;

export const gpt2 = (read: ConfigReader): Model =>
  baseModel(read, {
    ...gptTraits,
    ffn: innerOrFourTimes(read),
    positions: 'learned',
    tiedEmbeddings: read.flag('tie_word_embeddings', true),
  });

/** StarCoder: GPT-2 with one head of keys and values. */
export const gptBigcode = (read: ConfigReader): Model => ({
  ...gpt2(read),
  ...(read.flag('multi_query', true) ? { kvHeads: 1 } : {}),
});

export function gptNeox(read: ConfigReader): Model {
  const attention = read.flag('attention_bias', true);
  return baseModel(read, {
    ...gptTraits,
    bias: { qkv: attention, attentionOutput: attention, mlp: true },
    positions: 'rotary',
    tiedEmbeddings: read.flag('tie_word_embeddings', false),
  });
}

/** One norm feeds both attention and MLP, and the output has a bias. */
export const gptj = (read: ConfigReader): Model =>
  baseModel(read, {
    ...gptTraits,
    bias: { qkv: false, attentionOutput: false, mlp: true },
    ffn: innerOrFourTimes(read),
    positions: 'rotary',
    normsPerLayer: 1,
    outputBias: true,
    tiedEmbeddings: read.flag('tie_word_embeddings', false),
  });

/** Phi 1 and 2: as GPT-J, with biases in attention too. */
export const phi = (read: ConfigReader): Model => ({
  ...gptj(read),
  bias: ALL_BIAS,
});

export function opt(read: ConfigReader): Model {
  const projected = read.countOrNull('word_embed_proj_dim');
  const bias = read.flag('enable_bias', true);
  const model = baseModel(read, {
    ...gptTraits,
    bias: { qkv: bias, attentionOutput: bias, mlp: bias },
    positions: 'learned',
    norm: read.flag('layer_norm_elementwise_affine', true) ? 'layernorm' : 'unweighted',
    tiedEmbeddings: read.flag('tie_word_embeddings', true),
  });
  if (projected !== null && projected !== model.hidden) {
    read.unsupported(
      'word_embed_proj_dim',
      'Embeddings narrower than the model (OPT 350M) are not understood.',
    );
  }
  // Positions start at 2 in OPT's table.
  return { ...model, positionRows: model.sequence + 2 };
}

export const bloom = (read: ConfigReader): Model =>
  baseModel(read, {
    ...gptTraits,
    ffn: innerOrFourTimes(read),
    sequence: contextOr2048(read),
    positions: 'none',
    embeddingNorm: true,
    tiedEmbeddings: read.flag('tie_word_embeddings', true),
  });

export function falcon(read: ConfigReader): Model {
  const bias = read.flag('bias', false);
  const modern = read.flag('new_decoder_architecture', false);
  const heads = read.count(['num_attention_heads', 'n_head']);
  const groups = read.count(['num_kv_heads', 'n_head_kv'], { fallback: heads });
  const kvHeads = modern ? groups : read.flag('multi_query', true) ? 1 : heads;
  const parallelNorms = modern ? read.count('num_ln_in_parallel_attn', { fallback: 2 }) : 1;
  return baseModel(read, {
    ...gptTraits,
    bias: { qkv: bias, attentionOutput: bias, mlp: bias },
    kvHeads,
    ffn: read.has('ffn_hidden_size') ? read.count('ffn_hidden_size') : innerOrFourTimes(read),
    sequence: contextOr2048(read),
    positions: read.flag('alibi', false) ? 'none' : 'rotary',
    normsPerLayer: modern || read.flag('parallel_attn', true) ? parallelNorms : 2,
    tiedEmbeddings: read.flag('tie_word_embeddings', true),
  });
}

export function starcoder2(read: ConfigReader): Model {
  const bias = read.flag('use_bias', true);
  return baseModel(read, {
    ...gptTraits,
    bias: { qkv: bias, attentionOutput: bias, mlp: bias },
    positions: 'rotary',
    tiedEmbeddings: read.flag('tie_word_embeddings', true),
  });
}

/** Nemotron 4: LayerNorm and a plain MLP, without biases. */
export function nemotron(read: ConfigReader): Model {
  const attention = read.flag('attention_bias', false);
  return baseModel(read, {
    ...gptTraits,
    bias: { qkv: attention, attentionOutput: attention, mlp: read.flag('mlp_bias', false) },
    positions: 'rotary',
    tiedEmbeddings: read.flag('tie_word_embeddings', false),
  });
}
