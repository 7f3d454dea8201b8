import type { Bytes } from '../units.ts';

/** What DeepSpeed's estimators ask. */
export interface DeepspeedQuestion {
  readonly parameters: number;
  /** Parameters of the largest layer, which ZeRO-3 holds whole while it works on it. */
  readonly largestLayer: number;
  readonly gpus: number;
}

/**
 * What DeepSpeed's own estimators say of model states on one GPU, without offloading: they print bytes over 2³⁰ and call
 * them GB. ZeRO-2: `2N + 18N/d`; ZeRO-3: `4 largest + 18N/d`. Activations and buffers are not in it.
 * @returns bytes
 * @source DeepSpeed, runtime/zero/stage3.py, `estimate_zero3_model_states_mem_needs`, and stage_1_and_2.py,
 *   `estimate_zero2_model_states_mem_needs`
 */
export function deepspeedEstimate(
  zeroStage: 2 | 3,
  { parameters, largestLayer, gpus }: DeepspeedQuestion,
): Bytes {
  const shared = Math.trunc((18 * parameters) / gpus);
  return shared + (zeroStage === 3 ? 4 * largestLayer : 2 * parameters);
}
