/** Where a fact comes from: a key of the bibliography, and the place in that work. */
export interface SourceRef {
  readonly key: string;
  readonly where: string;
}

/** Number formats a matrix multiplication can run in. */
export type Format = 'fp64' | 'fp32' | 'tf32' | 'fp16' | 'bf16' | 'fp8' | 'fp6' | 'fp4' | 'int8';

/** Mixture of experts: every layer from `denseLayers` on replaces its MLP by routed experts. */
export interface Experts {
  /** Routed experts in a layer. */
  readonly experts: number;
  /** Routed experts that each token visits. */
  readonly topK: number;
  /** Inner width of one expert. */
  readonly expertFfn: number;
  /** Experts every token visits; 0 for none. */
  readonly sharedExperts: number;
  /** Inner width of one shared expert. */
  readonly sharedFfn: number;
  /** Leading layers that keep a dense MLP of width `ffn`. */
  readonly denseLayers: number;
  /** A learned bias per expert in the router (DeepSeek-V3's load balancing). */
  readonly routerBias: boolean;
  /** A gate of width `hidden` that weighs the shared experts' output (Qwen 1.5/2 MoE). */
  readonly sharedGate?: boolean;
}

/** Multi-head latent attention (DeepSeek-V2, section 2.1): ranks and widths per head. */
export interface LatentAttention {
  /** Rank of the query's down-projection; null when queries are projected directly. */
  readonly queryRank: number | null;
  readonly kvRank: number;
  /** Width per head without and with rotary positions, and of the values. */
  readonly nopeDim: number;
  readonly ropeDim: number;
  readonly valueDim: number;
}

/** Layers in which a token attends to the last `tokens` tokens only (Mistral 7B v0.1, Gemma 2 and 3, gpt-oss). */
export interface AttentionWindow {
  readonly tokens: number;
  readonly layers: number;
}

/** The shape of a decoder-only Transformer; everything counting needs. All counts, no units. */
export interface Model {
  readonly layers: number;
  readonly hidden: number;
  readonly heads: number;
  /** Heads of keys and values: `heads` for MHA, fewer for GQA, 1 for MQA. */
  readonly kvHeads: number;
  readonly headDim: number;
  /** Inner width of a dense MLP. */
  readonly ffn: number;
  /** Rows of the embedding table. */
  readonly vocab: number;
  /** Training context, in tokens. */
  readonly sequence: number;
  /** Gated MLP (SwiGLU): three matrices instead of two. */
  readonly gatedMlp: boolean;
  /** Output logits share the input embedding. */
  readonly tiedEmbeddings: boolean;
  /** `unweighted` is a normalisation without learned parameters (OLMo 1). */
  readonly norm: 'layernorm' | 'rmsnorm' | 'unweighted';
  /** Normalisations of width `hidden` in a layer; 2 unless said (1: GPT-J, Falcon 7B; 4: Gemma 2 and 3). */
  readonly normsPerLayer?: number;
  /** A normalisation right after the embedding (BLOOM). */
  readonly embeddingNorm?: boolean;
  readonly positions: 'learned' | 'rotary' | 'none';
  /** Rows of the table of learned positions; `sequence` unless said (OPT keeps two more). */
  readonly positionRows?: number;
  /** Which projections carry a bias. */
  readonly bias: { readonly qkv: boolean; readonly attentionOutput: boolean; readonly mlp: boolean };
  /** A bias per vocabulary entry on the output (GPT-J). */
  readonly outputBias?: boolean;
  /** RMSNorm on queries and keys (Qwen 3, Gemma 3, OLMo 2). */
  readonly qkNorm: boolean;
  /** Whether that norm has one weight vector per head width (unless said) or spans all heads (OLMo 2). */
  readonly qkNormSpan?: 'head' | 'all-heads';
  /** One learned logit per head that soaks up attention (gpt-oss). */
  readonly attentionSinks?: boolean;
  readonly window?: AttentionWindow;
  readonly moe?: Experts;
  readonly mla?: LatentAttention;
}

/** One GPU as the estimator sees it. SI units: FLOP/s, bytes, bytes/s, watts, hertz. */
export interface Gpu {
  readonly id: string;
  readonly name: string;
  readonly architecture: string;
  readonly year: number;
  /** Dense matrix-multiply peak by format, FLOP/s; a format the GPU lacks is absent. */
  readonly peak: Readonly<Partial<Record<Format, number>>>;
  /** What 2:4 structured sparsity multiplies the dense peak by, on paper; 1 when the GPU has none. */
  readonly sparsity: number;
  /** Memory as a program sees it, bytes. */
  readonly memory: number;
  readonly memoryBandwidth: number;
  /** NVLink, one direction, all links together, bytes/s; 0 for none. */
  readonly nvlinkBandwidth: number;
  /** Board power limit, watts. */
  readonly power: number;
  readonly sms: number;
  /** Highest clock, and the one behind the Tensor Core peaks where it is another. */
  readonly clock: number;
  readonly tensorClock?: number;
  /** Formats whose paper factor of sparsity differs from `sparsity`. */
  readonly sparsityByFormat?: Readonly<Partial<Record<Format, number>>>;
}

/** Which training work a FLOP count takes in. Never compare two counts of different conventions. */
export type FlopConvention = '6nd' | 'exact' | 'exact-causal' | 'megatron' | 'hardware';

export type Recompute = 'none' | 'selective' | 'full';
