import { RECOMPUTED, type RecomputedShare } from '../flops/hardware-flops.ts';
import type { TrainingScenario } from '../training/types.ts';
import { STEP } from './constants.ts';
import { planOf } from './plan.ts';
import { keepsScoresOnChip, rulesOf } from './rules.ts';

const all = (share: number): RecomputedShare => ({ products: share, scores: share });

/**
 * Share of the layers' forward pass that a step runs again: what its time counts, so that HFU does too. FlashAttention
 * never kept the scores, and the second computation is inside its backward kernel; FSDP's selective mode is a share of
 * everything; full recomputation covers the layers it is told to.
 * @param scenario a legal one
 * @source Korthikanti 2022, section 5; Dao 2022, section 3.1
 */
export function recomputedShare(scenario: TrainingScenario): RecomputedShare {
  const { recompute, model } = scenario;
  if (recompute === 'selective') {
    const rules = rulesOf(scenario);
    if (rules.selective === 'products') return all(STEP.selectiveShare);
    return keepsScoresOnChip(rules) ? RECOMPUTED.none : RECOMPUTED.selective;
  }
  if (recompute === 'none') return RECOMPUTED.none;
  const { layers, recomputeLayers } = planOf(scenario);
  return all(layers.reduce((total, count) => total + Math.min(count, recomputeLayers), 0) / model.layers);
}
