import type { Model, Recompute } from '../types.ts';
import type { Flop } from '../units.ts';
import { modelFlops, type FlopOptions } from './model-flops.ts';
import { scaleParts, sumParts, type FlopParts } from './parts.ts';

/** Hardware FLOPs: model FLOPs and what is computed twice to save memory. What HFU is made of, never MFU. */
export interface HardwareFlopCount {
  readonly convention: 'hardware';
  readonly recomputeMode: Recompute;
  readonly tokens: number;
  readonly forward: FlopParts;
  readonly backward: FlopParts;
  /** Forward work done again during the backward pass. */
  readonly recompute: FlopParts;
  readonly total: Flop;
}

/** What of the layers' forward pass is run again. */
export interface RecomputedShare {
  /** Of the layers' matrix products without the attention scores, and of the scores. */
  readonly products: number;
  readonly scores: number;
}

/** Full recomputation runs all layers again, but not the logits: their input is what was kept. */
export const RECOMPUTED: Readonly<Record<Recompute, RecomputedShare>> = {
  none: { products: 0, scores: 0 },
  selective: { products: 0, scores: 1 },
  full: { products: 1, scores: 1 },
};

function recomputed(forward: FlopParts, { products, scores }: RecomputedShare): FlopParts {
  return {
    ...scaleParts(forward, products),
    attentionScores: scores * forward.attentionScores,
    logits: 0,
  };
}

/**
 * Counts the FLOPs the hardware executes under a recompute mode, by part.
 *
 * `selective` computes the attention scores a second time (query times key, and weights times value); `full` every
 * layer. On a GPT, `full` equals equation 3 of Narayanan 2021; `selective` is 2s/9h where Korthikanti 2022 prints s/3h
 * by mistake (see {@link megatronHardwareFlops}). FlashAttention recomputes scores in its backward kernel too; that is
 * a property of the kernel and not counted.
 *
 * @param model a shape that {@link checkModel} accepts
 * @param options `share` is what a framework reruns, where that differs from the mode
 * @returns FLOP, for one token unless `tokens` says otherwise
 * @source Narayanan 2021, equation 3; Korthikanti 2022, section 5 and appendix A
 */
export function hardwareFlops(
  model: Model,
  options: FlopOptions & { readonly recompute: Recompute; readonly share?: RecomputedShare },
): HardwareFlopCount {
  const { tokens, forward, backward, total } = modelFlops(model, options);
  const recompute = recomputed(forward, options.share ?? RECOMPUTED[options.recompute]);
  return {
    convention: 'hardware',
    recomputeMode: options.recompute,
    tokens,
    forward,
    backward,
    recompute,
    total: total + sumParts(recompute),
  };
}
