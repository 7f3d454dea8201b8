import type { Model } from '../types.ts';
import type { ConfigReader } from './reader.ts';

/** What a family sets by itself; the rest is read the same way everywhere. */
export type FamilyTraits = Pick<
  Model,
  'gatedMlp' | 'tiedEmbeddings' | 'norm' | 'positions' | 'bias' | 'qkNorm'
> &
  Partial<Model>;

const LAYERS = ['num_hidden_layers', 'n_layer', 'n_layers', 'num_layers'];
const HIDDEN = ['hidden_size', 'n_embd', 'd_model', 'n_embed'];
const HEADS = ['num_attention_heads', 'n_head', 'n_heads'];
const INNER = ['intermediate_size', 'ffn_dim', 'n_inner'];
const CONTEXT = ['max_position_embeddings', 'n_positions', 'n_ctx', 'seq_length'];

/** Four times the hidden width where no inner width is given, as GPT-2, GPT-J and BLOOM have it. */
export const innerOrFourTimes = (read: ConfigReader): number =>
  read.count(INNER, { fallback: 4 * read.count(HIDDEN) });

/** The context, or the one that ALiBi models were trained with when the file gives none. */
export const contextOr2048 = (read: ConfigReader): number => read.count(CONTEXT, { fallback: 2048 });

/** hidden / heads, where no head width is given; it has to come out whole. */
function headDim(read: ConfigReader, hidden: number, heads: number): number {
  if (read.has('head_dim')) return read.count('head_dim');
  if (hidden % heads === 0) return hidden / heads;
  // Without heads their own issue says enough.
  if (heads > 0) {
    read.issues.push({
      code: 'inconsistent',
      path: 'hidden_size',
      message: `hidden_size ${hidden} is not a multiple of the ${heads} heads, and there is no head_dim.`,
      limit: heads,
    });
  }
  return 0;
}

/**
 * The shape of a plain decoder from the field names that nearly all families share.
 * @param traits what the family fixes, or has read by itself
 */
export function baseModel(read: ConfigReader, traits: FamilyTraits): Model {
  const hidden = read.count(HIDDEN);
  const heads = traits.heads ?? read.count(HEADS);
  return {
    layers: read.count(LAYERS),
    hidden,
    heads,
    kvHeads: traits.kvHeads ?? read.count('num_key_value_heads', { fallback: heads }),
    headDim: traits.headDim ?? headDim(read, hidden, heads),
    ffn: traits.ffn ?? read.count(INNER),
    vocab: traits.vocab ?? read.count('vocab_size'),
    sequence: traits.sequence ?? read.count(CONTEXT),
    ...traits,
  };
}

/** No projection carries a bias: the usual case since LLaMA. */
export const NO_BIAS: Model['bias'] = { qkv: false, attentionOutput: false, mlp: false };
/** Every projection carries one: GPT-2 and its heirs. */
export const ALL_BIAS: Model['bias'] = { qkv: true, attentionOutput: true, mlp: true };
