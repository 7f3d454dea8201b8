import { equations } from '#estimator';
import type { Behind } from '../frame/types.ts';

/** What stands behind the answer; set at build, so that the browser loads none of it. */
export const behind: Behind = {
  equations: [
    equations.layerParameters,
    equations.expertLayerParameters,
    equations.latentAttentionParameters,
    equations.exactFlopsPerToken,
    equations.exactCausalFlopsPerToken,
    equations.moeFlopsPerToken,
    equations.moeCausalFlopsPerToken,
    equations.kvCache,
    equations.latentCache,
  ],
  assumptions: [
    'FLOP are those of matrix multiplications, two for each multiply-add. Norms, softmax, biases and the lookup of an embedding are none.',
    'The backward pass of every product is two products of the same size.',
    'Activations are one sequence on one GPU in 16 bits, with the kernels and the recomputation of the fields, logits and their copies included. The model is that of the memory estimates, tested on published runs.',
    'Tokens are spread evenly over the experts. Where some layers have a window, each layer is charged the average of the scores.',
    'The cache holds a key and a value for each key head, or the compressed vector of latent attention. A window does not shrink it.',
    'Each model is drawn to its own total. The one beside has its own context length.',
  ],
  sources: [
    { key: 'vaswani2017', where: 'section 3' },
    { key: 'chowdhery2022', where: 'appendix B' },
    { key: 'korthikanti2022', where: 'section 4 and appendix A' },
    { key: 'pope2022', where: 'section 3.3' },
    { key: 'deepseekv2-2024', where: 'section 2.1' },
  ],
};
