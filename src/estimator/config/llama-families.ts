import type { Model } from '../types.ts';
import { baseModel, NO_BIAS } from './base.ts';
import type { ConfigReader } from './reader.ts';
import { attentionWindow } from './window.ts';

/** Families in LLaMA's line: RMSNorm, rotary positions, gated MLPs. Defaults are those of transformers' classes. */

const every = (): boolean => true;

const llamaTraits = {
  gatedMlp: true,
  norm: 'rmsnorm',
  positions: 'rotary',
  bias: NO_BIAS,
  qkNorm: false,
} as const;

/** The common ground; `attention_bias` and `mlp_bias` are honoured wherever a config has them. */
function llamaLike(read: ConfigReader, traits: Partial<Model> = {}): Model {
  const attention = read.flag('attention_bias', false);
  return baseModel(read, {
    ...llamaTraits,
    bias: { qkv: attention, attentionOutput: attention, mlp: read.flag('mlp_bias', false) },
    tiedEmbeddings: read.flag('tie_word_embeddings', false),
    ...traits,
  });
}

export const llama = (read: ConfigReader): Model => llamaLike(read);

export const smollm3 = (read: ConfigReader): Model =>
  llamaLike(read, { tiedEmbeddings: read.flag('tie_word_embeddings', true) });

export function mistral(read: ConfigReader): Model {
  const model = llamaLike(read, { kvHeads: read.count('num_key_value_heads', { fallback: 8 }) });
  // An explicit null switches the window off (Mistral 7B v0.2 and later).
  const fallback = read.stated('sliding_window') ? null : 4096;
  return { ...model, ...attentionWindow(read, model.layers, fallback, every) };
}

export function phi3(read: ConfigReader): Model {
  const model = llamaLike(read);
  return { ...model, ...attentionWindow(read, model.layers, null, every) };
}

/** Qwen 2: biases on queries, keys and values only. The window is off unless `use_sliding_window`. */
export function qwen2(read: ConfigReader): Model {
  const model = llamaLike(read, { bias: { ...NO_BIAS, qkv: true } });
  const full = read.count('max_window_layers', { fallback: 28, min: 0 });
  const window = read.flag('use_sliding_window', false)
    ? attentionWindow(read, model.layers, 4096, (layer) => layer >= full)
    : {};
  return { ...model, ...window };
}

export const qwen3 = (read: ConfigReader): Model =>
  llamaLike(read, { qkNorm: true, headDim: read.count('head_dim', { fallback: 128 }) });

/** Gemma: heads of 256 that need not multiply to the width, tied embeddings. */
export const gemma = (read: ConfigReader): Model =>
  llamaLike(read, {
    headDim: read.count('head_dim', { fallback: 256 }),
    tiedEmbeddings: read.flag('tie_word_embeddings', true),
  });

/** Gemma 2: norms before and after both blocks; every other layer has a window. */
export function gemma2(read: ConfigReader): Model {
  const model = { ...gemma(read), normsPerLayer: 4 };
  return { ...model, ...attentionWindow(read, model.layers, 4096, (layer) => layer % 2 === 0) };
}

/**
 * Gemma 3: also norms on queries and keys; five windows to one full layer. Inside a multimodal config its text part
 * states only what differs from the class, so here sizes have the class's defaults too.
 */
export function gemma3(read: ConfigReader): Model {
  const model = llamaLike(read, {
    heads: read.count('num_attention_heads', { fallback: 8 }),
    kvHeads: read.count('num_key_value_heads', { fallback: 4 }),
    headDim: read.count('head_dim', { fallback: 256 }),
    vocab: read.count('vocab_size', { fallback: 262_208 }),
    sequence: read.count('max_position_embeddings', { fallback: 131_072 }),
    tiedEmbeddings: read.flag('tie_word_embeddings', true),
    normsPerLayer: 4,
    qkNorm: true,
  });
  const period = read.count('sliding_window_pattern', { fallback: 6 });
  return { ...model, ...attentionWindow(read, model.layers, 4096, (layer) => (layer + 1) % period !== 0) };
}

export const olmo = (read: ConfigReader): Model => llamaLike(read, { norm: 'unweighted' });

export const olmo2 = (read: ConfigReader): Model =>
  llamaLike(read, { qkNorm: true, qkNormSpan: 'all-heads' });
