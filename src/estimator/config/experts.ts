import type { Experts } from '../types.ts';
import type { ConfigReader } from './reader.ts';

/**
 * Layers that keep a dense MLP, where every `step`-th layer has experts except for a list of indices.
 * transformers gives layer i experts when (i + 1) is a multiple of the step and i is not in the list.
 */
function denseLayers(read: ConfigReader, layers: number): number {
  const step = read.count('decoder_sparse_step', { fallback: 1 });
  const dense = new Set(read.list('mlp_only_layers') ?? []);
  const indices = Array.from({ length: Math.min(layers, 1e5) }, (_, layer) => layer);
  return indices.filter((layer) => dense.has(layer) || (layer + 1) % Math.max(1, step) !== 0).length;
}

const NO_SHARED = { sharedExperts: 0, sharedFfn: 0 } as const;

/** Mixtral: experts everywhere, as wide as `intermediate_size`. */
export const mixtralExperts = (read: ConfigReader): Experts => ({
  experts: read.count(['num_local_experts', 'num_experts']),
  topK: read.count('num_experts_per_tok'),
  expertFfn: read.count('intermediate_size'),
  ...NO_SHARED,
  denseLayers: 0,
  routerBias: false,
});

/** Qwen 1.5/2 and 3: experts in every `decoder_sparse_step`-th layer; the older ones with a gated shared expert. */
export function qwenExperts(read: ConfigReader, layers: number, shared: boolean): Experts {
  return {
    experts: read.count(['num_experts', 'num_local_experts']),
    topK: read.count('num_experts_per_tok'),
    expertFfn: read.count('moe_intermediate_size'),
    ...(shared
      ? { sharedExperts: 1, sharedFfn: read.count('shared_expert_intermediate_size'), sharedGate: true }
      : NO_SHARED),
    denseLayers: denseLayers(read, layers),
    routerBias: false,
  };
}

/** DeepSeek-V2 and V3: leading dense layers, shared experts as wide as the routed ones. */
export function deepseekExperts(read: ConfigReader, routerBias: boolean): Experts {
  const expertFfn = read.count('moe_intermediate_size');
  if (read.count('moe_layer_freq', { fallback: 1 }) !== 1) {
    read.unsupported(
      'moe_layer_freq',
      'Only moe_layer_freq 1 is understood: experts in every layer after the first ones.',
    );
  }
  return {
    experts: read.count('n_routed_experts'),
    topK: read.count('num_experts_per_tok'),
    expertFfn,
    sharedExperts: read.count('n_shared_experts', { fallback: 0, min: 0 }),
    sharedFfn: expertFfn,
    denseLayers: read.count('first_k_dense_replace', { fallback: 0, min: 0 }),
    routerBias,
  };
}
