/** A config.json as published, the exact parameter count published for it, and where that count can be read. */
export interface PublishedCount {
  readonly name: string;
  readonly parameters: number;
  /** Hugging Face Hub repository; its model page shows the count of its safetensors files. */
  readonly hub: string;
  readonly config: Readonly<Record<string, unknown>>;
}

type Row = readonly [
  name: string,
  parameters: number,
  hub: string,
  config: Readonly<Record<string, unknown>>,
];

const gpt2 = (n_layer: number, n_embd: number, n_head: number) => ({
  model_type: 'gpt2', n_layer, n_embd, n_head, n_positions: 1024, vocab_size: 50_257,
}); // prettier-ignore

const decoder = (
  model_type: string,
  [num_hidden_layers, hidden_size, num_attention_heads, num_key_value_heads, intermediate_size]: readonly number[],
  [vocab_size, max_position_embeddings]: readonly number[],
  rest: Readonly<Record<string, unknown>> = {},
) => ({
  model_type, num_hidden_layers, hidden_size, num_attention_heads, num_key_value_heads, intermediate_size, vocab_size,
  max_position_embeddings, ...rest,
}); // prettier-ignore

const mla = {
  kv_lora_rank: 512,
  qk_nope_head_dim: 128,
  qk_rope_head_dim: 64,
  v_head_dim: 128,
  moe_layer_freq: 1,
};
const tied = { tie_word_embeddings: true };

// prettier-ignore
const ROWS: readonly Row[] = [
  ['GPT-2', 124_439_808, 'openai-community/gpt2', gpt2(12, 768, 12)],
  ['GPT-2 medium', 354_823_168, 'openai-community/gpt2-medium', gpt2(24, 1024, 16)],
  ['GPT-2 large', 774_030_080, 'openai-community/gpt2-large', gpt2(36, 1280, 20)],
  ['GPT-2 XL', 1_557_611_200, 'openai-community/gpt2-xl', gpt2(48, 1600, 25)],
  ['LLaMA 7B', 6_738_415_616, 'huggyllama/llama-7b', decoder('llama', [32, 4096, 32, 32, 11_008], [32_000, 2048])],
  ['LLaMA 13B', 13_015_864_320, 'huggyllama/llama-13b', decoder('llama', [40, 5120, 40, 40, 13_824], [32_000, 2048])],
  ['LLaMA 33B', 32_528_943_616, 'huggyllama/llama-30b', decoder('llama', [60, 6656, 52, 52, 17_920], [32_000, 2048])],
  ['LLaMA 65B', 65_285_660_672, 'huggyllama/llama-65b', decoder('llama', [80, 8192, 64, 64, 22_016], [32_000, 2048])],
  ['Llama 2 7B', 6_738_415_616, 'meta-llama/Llama-2-7b-hf', decoder('llama', [32, 4096, 32, 32, 11_008], [32_000, 4096])],
  ['Llama 2 70B', 68_976_648_192, 'meta-llama/Llama-2-70b-hf', decoder('llama', [80, 8192, 64, 8, 28_672], [32_000, 4096])],
  ['Llama 3 8B', 8_030_261_248, 'meta-llama/Meta-Llama-3-8B', decoder('llama', [32, 4096, 32, 8, 14_336], [128_256, 8192])],
  ['Llama 3 70B', 70_553_706_496, 'meta-llama/Meta-Llama-3-70B', decoder('llama', [80, 8192, 64, 8, 28_672], [128_256, 8192])],
  ['Llama 3.1 405B', 405_853_388_800, 'meta-llama/Llama-3.1-405B', decoder('llama', [126, 16_384, 128, 8, 53_248], [128_256, 131_072])],
  ['Llama 3.2 1B', 1_235_814_400, 'meta-llama/Llama-3.2-1B', decoder('llama', [16, 2048, 32, 8, 8192], [128_256, 131_072], { head_dim: 64, ...tied })],
  ['Llama 3.2 3B', 3_212_749_824, 'meta-llama/Llama-3.2-3B', decoder('llama', [28, 3072, 24, 8, 8192], [128_256, 131_072], { head_dim: 128, ...tied })],
  ['Mistral 7B', 7_241_732_096, 'mistralai/Mistral-7B-v0.1', decoder('mistral', [32, 4096, 32, 8, 14_336], [32_000, 32_768], { sliding_window: 4096 })],
  ['Mixtral 8x7B', 46_702_792_704, 'mistralai/Mixtral-8x7B-v0.1', decoder('mixtral', [32, 4096, 32, 8, 14_336], [32_000, 32_768], { num_local_experts: 8, num_experts_per_tok: 2, sliding_window: null })],
  ['Mixtral 8x22B', 140_620_634_112, 'mistralai/Mixtral-8x22B-v0.1', decoder('mixtral', [56, 6144, 48, 8, 16_384], [32_000, 65_536], { num_local_experts: 8, num_experts_per_tok: 2 })],
  ['Qwen2.5 0.5B', 494_032_768, 'Qwen/Qwen2.5-0.5B', decoder('qwen2', [24, 896, 14, 2, 4864], [151_936, 32_768], tied)],
  ['Qwen2.5 7B', 7_615_616_512, 'Qwen/Qwen2.5-7B', decoder('qwen2', [28, 3584, 28, 4, 18_944], [152_064, 131_072], { use_sliding_window: false })],
  ['Qwen2.5 72B', 72_706_203_648, 'Qwen/Qwen2.5-72B', decoder('qwen2', [80, 8192, 64, 8, 29_568], [152_064, 131_072])],
  ['Qwen3 8B', 8_190_735_360, 'Qwen/Qwen3-8B', decoder('qwen3', [36, 4096, 32, 8, 12_288], [151_936, 40_960], { head_dim: 128, attention_bias: false })],
  ['Qwen3 30B-A3B', 30_532_122_624, 'Qwen/Qwen3-30B-A3B', decoder('qwen3_moe', [48, 2048, 32, 4, 6144], [151_936, 40_960], { head_dim: 128, moe_intermediate_size: 768, num_experts: 128, num_experts_per_tok: 8, decoder_sparse_step: 1, mlp_only_layers: [] })],
  ['Qwen3 235B-A22B', 235_093_634_560, 'Qwen/Qwen3-235B-A22B', decoder('qwen3_moe', [94, 4096, 64, 4, 12_288], [151_936, 40_960], { head_dim: 128, moe_intermediate_size: 1536, num_experts: 128, num_experts_per_tok: 8 })],
  ['Qwen1.5 MoE A2.7B', 14_315_784_192, 'Qwen/Qwen1.5-MoE-A2.7B', decoder('qwen2_moe', [24, 2048, 16, 16, 5632], [151_936, 8192], { moe_intermediate_size: 1408, shared_expert_intermediate_size: 5632, num_experts: 60, num_experts_per_tok: 4 })],
  ['GPT-J 6B', 6_050_882_784, 'EleutherAI/gpt-j-6b', { model_type: 'gptj', n_layer: 28, n_embd: 4096, n_head: 16, n_positions: 2048, n_inner: null, vocab_size: 50_400, tie_word_embeddings: false }],
  ['GPT-NeoX 20B', 20_554_567_680, 'EleutherAI/gpt-neox-20b', decoder('gpt_neox', [44, 6144, 64, 64, 24_576], [50_432, 2048])],
  ['Pythia 6.9B', 6_857_302_016, 'EleutherAI/pythia-6.9b', decoder('gpt_neox', [32, 4096, 32, 32, 16_384], [50_432, 2048])],
  ['OPT 125M', 125_239_296, 'facebook/opt-125m', { model_type: 'opt', num_hidden_layers: 12, hidden_size: 768, num_attention_heads: 12, ffn_dim: 3072, word_embed_proj_dim: 768, vocab_size: 50_272, max_position_embeddings: 2048 }],
  ['OPT 6.7B', 6_658_473_984, 'facebook/opt-6.7b', { model_type: 'opt', num_hidden_layers: 32, hidden_size: 4096, num_attention_heads: 32, ffn_dim: 16_384, word_embed_proj_dim: 4096, vocab_size: 50_272, max_position_embeddings: 2048 }],
  ['BLOOM 560M', 559_214_592, 'bigscience/bloom-560m', { model_type: 'bloom', n_layer: 24, n_embed: 1024, num_attention_heads: 16, vocab_size: 250_880 }],
  ['BLOOM 176B', 176_247_271_424, 'bigscience/bloom', { model_type: 'bloom', n_layer: 70, hidden_size: 14_336, n_head: 112, seq_length: 2048, vocab_size: 250_880 }],
  ['Falcon 7B', 6_921_720_704, 'tiiuae/falcon-7b', { model_type: 'falcon', num_hidden_layers: 32, hidden_size: 4544, num_attention_heads: 71, multi_query: true, parallel_attn: true, bias: false, vocab_size: 65_024 }],
  ['Falcon 40B', 41_303_293_952, 'tiiuae/falcon-40b', { model_type: 'falcon', num_hidden_layers: 60, hidden_size: 8192, num_attention_heads: 128, num_kv_heads: 8, new_decoder_architecture: true, vocab_size: 65_024 }],
  ['StarCoder', 15_517_456_384, 'bigcode/starcoder', { model_type: 'gpt_bigcode', n_layer: 40, n_embd: 6144, n_head: 48, n_inner: 24_576, n_positions: 8192, multi_query: true, vocab_size: 49_152 }],
  ['StarCoder2 7B', 7_173_923_840, 'bigcode/starcoder2-7b', decoder('starcoder2', [32, 4608, 36, 4, 18_432], [49_152, 16_384], { use_bias: true })],
  ['Gemma 2B', 2_506_172_416, 'google/gemma-2b', decoder('gemma', [18, 2048, 8, 1, 16_384], [256_000, 8192], { head_dim: 256 })],
  ['Gemma 7B', 8_537_680_896, 'google/gemma-7b', decoder('gemma', [28, 3072, 16, 16, 24_576], [256_000, 8192], { head_dim: 256 })],
  ['Gemma 2 2B', 2_614_341_888, 'google/gemma-2-2b', decoder('gemma2', [26, 2304, 8, 4, 9216], [256_000, 8192], { head_dim: 256, sliding_window: 4096 })],
  ['Gemma 2 9B', 9_241_705_984, 'google/gemma-2-9b', decoder('gemma2', [42, 3584, 16, 8, 14_336], [256_000, 8192], { head_dim: 256, sliding_window: 4096 })],
  ['Gemma 3 1B', 999_885_952, 'google/gemma-3-1b-pt', decoder('gemma3_text', [26, 1152, 4, 1, 6912], [262_144, 32_768], { head_dim: 256, sliding_window: 512, sliding_window_pattern: 6 })],
  ['Gemma 3 4B, text part', 3_880_263_168, 'google/gemma-3-4b-pt', { model_type: 'gemma3', vision_config: {}, text_config: { model_type: 'gemma3_text', hidden_size: 2560, intermediate_size: 10_240, num_hidden_layers: 34, sliding_window: 1024 } }],
  ['Phi-2', 2_779_683_840, 'microsoft/phi-2', decoder('phi', [32, 2560, 32, 32, 10_240], [51_200, 2048])],
  ['Phi-3 mini', 3_821_079_552, 'microsoft/Phi-3-mini-4k-instruct', decoder('phi3', [32, 3072, 32, 32, 8192], [32_064, 4096], { sliding_window: 2047 })],
  ['OLMo 7B', 6_888_095_744, 'allenai/OLMo-7B-hf', decoder('olmo', [32, 4096, 32, 32, 11_008], [50_304, 2048])],
  ['OLMo 2 7B', 7_298_617_344, 'allenai/OLMo-2-1124-7B', decoder('olmo2', [32, 4096, 32, 32, 11_008], [100_352, 4096])],
  ['OLMo 2 13B', 13_716_198_400, 'allenai/OLMo-2-1124-13B', decoder('olmo2', [40, 5120, 40, 40, 13_824], [100_352, 4096])],
  ['OLMoE 1B-7B', 6_919_161_856, 'allenai/OLMoE-1B-7B-0924', decoder('olmoe', [16, 2048, 16, 16, 1024], [50_304, 4096], { num_experts: 64, num_experts_per_tok: 8 })],
  ['DeepSeek-V2', 235_741_434_880, 'deepseek-ai/DeepSeek-V2', decoder('deepseek_v2', [60, 5120, 128, 128, 12_288], [102_400, 163_840], { ...mla, q_lora_rank: 1536, moe_intermediate_size: 1536, n_routed_experts: 160, n_shared_experts: 2, num_experts_per_tok: 6, first_k_dense_replace: 1 })],
  ['DeepSeek-V2 Lite', 15_706_484_224, 'deepseek-ai/DeepSeek-V2-Lite', decoder('deepseek_v2', [27, 2048, 16, 16, 10_944], [102_400, 163_840], { ...mla, q_lora_rank: null, moe_intermediate_size: 1408, n_routed_experts: 64, n_shared_experts: 2, num_experts_per_tok: 6, first_k_dense_replace: 1 })],
  ['DeepSeek-V3 without its multi-token module', 671_026_419_200, 'deepseek-ai/DeepSeek-V3', decoder('deepseek_v3', [61, 7168, 128, 128, 18_432], [129_280, 163_840], { ...mla, q_lora_rank: 1536, moe_intermediate_size: 2048, n_routed_experts: 256, n_shared_experts: 1, num_experts_per_tok: 8, first_k_dense_replace: 3 })],
  ['gpt-oss 20B', 20_914_757_184, 'openai/gpt-oss-20b', decoder('gpt_oss', [24, 2880, 64, 8, 2880], [201_088, 131_072], { head_dim: 64, num_local_experts: 32, num_experts_per_tok: 4, sliding_window: 128 })],
  ['gpt-oss 120B', 116_829_156_672, 'openai/gpt-oss-120b', decoder('gpt_oss', [36, 2880, 64, 8, 2880], [201_088, 131_072], { head_dim: 64, num_local_experts: 128, num_experts_per_tok: 4, sliding_window: 128 })],
];

export const PUBLISHED_COUNTS: readonly PublishedCount[] = ROWS.map(([name, parameters, hub, config]) => ({
  name,
  parameters,
  hub,
  config,
}));
