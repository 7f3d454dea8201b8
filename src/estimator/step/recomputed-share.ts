import type { RecomputedShare } from '../flops/hardware-flops.ts';
import type { TrainingScenario } from '../training/types.ts';
import { STEP } from './constants.ts';
import { planOf } from './plan.ts';
import { keepsScoresOnChip, rulesOf } from './rules.ts';

/**
 * Share of the layers' forward pass that a step runs again: what its time counts, so that HFU does too. FlashAttention
 * never kept the scores, and the second computation is inside its backward kernel; FSDP's selective mode is a share of
 * everything; full recomputation covers the layers it is told to.
 * @param scenario a legal one
 * @source Korthikanti 2022, section 5; Dao 2022, section 3.1
 */
export function recomputedShare(scenario: TrainingScenario): RecomputedShare {
  const { recompute, model } = scenario;
  if (recompute === 'none') return { products: 0, scores: 0 };
  if (recompute === 'selective') {
    const rules = rulesOf(scenario);
    if (rules.selective === 'products') return { products: STEP.selectiveShare, scores: STEP.selectiveShare };
    return { products: 0, scores: keepsScoresOnChip(rules) ? 0 : 1 };
  }
  const { layers, recomputeLayers } = planOf(scenario);
  const again = layers.reduce((total, count) => total + Math.min(count, recomputeLayers), 0) / model.layers;
  return { products: again, scores: again };
}
