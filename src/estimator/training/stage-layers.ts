import type { FrameworkFamily } from './types.ts';
import type { Model } from '../types.ts';

/** Parameters of one layer, for balancing: what its GEMMs hold. */
const layerWeights = ({ hidden, heads, kvHeads, headDim, ffn, gatedMlp }: Model): number =>
  2 * hidden * headDim * (heads + kvHeads) + (gatedMlp ? 3 : 2) * hidden * ffn;

/** nanotron fills stages in order of the model's blocks until each has its share of GEMM weights, logits included. */
function balancedByCost(model: Model, stages: number): readonly number[] {
  const layer = layerWeights(model);
  const share = (layer * model.layers + model.hidden * model.vocab) / stages;
  const counts = new Array<number>(stages).fill(0);
  let stage = 0;
  for (let placed = 1; placed <= model.layers; placed += 1) {
    counts[stage] = (counts[stage] as number) + 1;
    if (placed * layer > share * (stage + 1)) stage += 1;
  }
  return counts;
}

/**
 * Layers on each pipeline stage, first stage first.
 *
 * Evenly where the stages' chunks divide them. Else the embedding, the logits or both count as a layer, if that makes
 * it even (Llama 3's 126 layers, BLOOM's 70, zero-bubble's 22); else the first stages have one more. nanotron balances
 * by the weights of its blocks instead.
 * @source Llama 3 (2024), section 3.3.2; Megatron-DeepSpeed, `type:transformer|embedding`; nanotron, `build_model`
 */
export function layersByStage(
  model: Model,
  stages: number,
  chunks: number,
  framework: FrameworkFamily,
): readonly number[] {
  if (framework === 'nanotron' && stages > 1) return balancedByCost(model, stages);
  const slots = stages * chunks;
  const ends = [0, 2, 1].find((extra) => (model.layers + extra) % slots === 0);
  if (ends === undefined || stages === 1) {
    const least = Math.floor(model.layers / stages);
    const more = model.layers - least * stages;
    return new Array<number>(stages).fill(least).fill(least + 1, 0, more);
  }
  const each = (model.layers + ends) / stages;
  const counts = new Array<number>(stages).fill(each);
  if (ends === 2) counts[0] = each - 1;
  if (ends > 0) counts[stages - 1] = each - 1;
  return counts;
}
