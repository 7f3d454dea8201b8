import type { LatentAttention, Model } from '../types.ts';
import { baseModel, NO_BIAS } from './base.ts';
import { deepseekExperts, mixtralExperts, qwenExperts } from './experts.ts';
import { llama, olmo2, qwen2, qwen3 } from './llama-families.ts';
import type { ConfigReader } from './reader.ts';
import { attentionWindow } from './window.ts';

/** Mixtures of experts. */

export function mixtral(read: ConfigReader): Model {
  const model = llama(read);
  return {
    ...model,
    moe: mixtralExperts(read),
    ...attentionWindow(read, model.layers, null, () => true),
  };
}

/** Qwen 1.5 and 2 with experts: `qkv_bias` on unless it is switched off. */
export function qwen2Moe(read: ConfigReader): Model {
  const model = qwen2(read);
  const bias = { ...NO_BIAS, qkv: read.flag('qkv_bias', true) };
  return { ...model, bias, moe: qwenExperts(read, model.layers, true) };
}

export function qwen3Moe(read: ConfigReader): Model {
  const model = qwen3(read);
  return { ...model, moe: qwenExperts(read, model.layers, false) };
}

export const olmoe = (read: ConfigReader): Model => ({ ...olmo2(read), moe: mixtralExperts(read) });

const latentAttention = (read: ConfigReader): LatentAttention => ({
  queryRank: read.countOrNull('q_lora_rank'),
  kvRank: read.count('kv_lora_rank'),
  nopeDim: read.count('qk_nope_head_dim'),
  ropeDim: read.count('qk_rope_head_dim', { min: 0 }),
  valueDim: read.count('v_head_dim'),
});

function deepseek(read: ConfigReader, routerBias: boolean): Model {
  const mla = latentAttention(read);
  const attention = read.flag('attention_bias', false);
  return baseModel(read, {
    gatedMlp: true,
    norm: 'rmsnorm',
    positions: 'rotary',
    bias: { qkv: attention, attentionOutput: attention, mlp: false },
    qkNorm: false,
    // Heads of keys and values are rebuilt from the latent vector, one for each query head.
    headDim: mla.nopeDim,
    tiedEmbeddings: read.flag('tie_word_embeddings', false),
    moe: deepseekExperts(read, routerBias),
    mla,
  });
}

export const deepseekV2 = (read: ConfigReader): Model => deepseek(read, false);

/** DeepSeek-V3, R1 and Kimi K2: a bias per expert balances the load. The multi-token module is not counted. */
export const deepseekV3 = (read: ConfigReader): Model => deepseek(read, true);

/** gpt-oss: biases everywhere, a sink per head, every other layer with a window. */
export function gptOss(read: ConfigReader): Model {
  const attention = read.flag('attention_bias', true);
  const model = baseModel(read, {
    gatedMlp: true,
    norm: 'rmsnorm',
    positions: 'rotary',
    bias: { qkv: attention, attentionOutput: attention, mlp: true },
    qkNorm: false,
    attentionSinks: true,
    headDim: read.count('head_dim', { fallback: 64 }),
    tiedEmbeddings: read.flag('tie_word_embeddings', false),
    moe: { ...mixtralExperts(read), routerBias: true },
  });
  return { ...model, ...attentionWindow(read, model.layers, 128, (layer) => layer % 2 === 0) };
}
