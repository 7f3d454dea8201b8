import type { Gpu, Model } from '#estimator';

/** GPT-3 175B with the vocabulary that Megatron pads it to. */
export const GPT3: Model = {
  layers: 96,
  hidden: 12_288,
  heads: 96,
  kvHeads: 96,
  headDim: 128,
  ffn: 49_152,
  vocab: 51_200,
  sequence: 2048,
  gatedMlp: false,
  tiedEmbeddings: true,
  norm: 'layernorm',
  positions: 'learned',
  bias: { qkv: true, attentionOutput: true, mlp: true },
  qkNorm: false,
};

/** Any GPT by width and depth: MHA, an MLP of four times the width. */
export const gpt = (layers: number, hidden: number, heads: number, over: Partial<Model> = {}): Model => ({
  ...GPT3,
  layers,
  hidden,
  heads,
  kvHeads: heads,
  headDim: hidden / heads,
  ffn: 4 * hidden,
  ...over,
});

export const LLAMA3_8B: Model = {
  layers: 32,
  hidden: 4096,
  heads: 32,
  kvHeads: 8,
  headDim: 128,
  ffn: 14_336,
  vocab: 128_256,
  sequence: 8192,
  gatedMlp: true,
  tiedEmbeddings: false,
  norm: 'rmsnorm',
  positions: 'rotary',
  bias: { qkv: false, attentionOutput: false, mlp: false },
  qkNorm: false,
};

export const MIXTRAL: Model = {
  ...LLAMA3_8B,
  vocab: 32_000,
  sequence: 32_768,
  moe: {
    experts: 8,
    topK: 2,
    expertFfn: 14_336,
    sharedExperts: 0,
    sharedFfn: 0,
    denseLayers: 0,
    routerBias: false,
  },
};

export const DEEPSEEK_V3: Model = {
  ...LLAMA3_8B,
  layers: 61,
  hidden: 7168,
  heads: 128,
  kvHeads: 128,
  ffn: 18_432,
  vocab: 129_280,
  sequence: 4096,
  moe: {
    experts: 256,
    topK: 8,
    expertFfn: 2048,
    sharedExperts: 1,
    sharedFfn: 2048,
    denseLayers: 3,
    routerBias: true,
  },
  mla: { queryRank: 1536, kvRank: 512, nopeDim: 128, ropeDim: 64, valueDim: 128 },
};

export const A800: Gpu = {
  id: 'a800',
  name: 'A800',
  architecture: 'Ampere',
  year: 2022,
  peak: { fp64: 19.5e12, tf32: 156e12, fp16: 312e12, bf16: 312e12 },
  sparsity: 2,
  memory: 85_899_345_920,
  memoryBandwidth: 2.039e12,
  nvlinkBandwidth: 200e9,
  power: 400,
  sms: 108,
  clock: 1.41e9,
};

export const H100: Gpu = {
  ...A800,
  id: 'h100',
  name: 'H100',
  architecture: 'Hopper',
  peak: { fp16: 989.4e12, bf16: 989.4e12, fp8: 1978.9e12 },
};

export const DAY = 86_400;
