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

/** Full recomputation runs all layers again, but not the logits: their input is what was kept. */
function recomputed(forward: FlopParts, mode: Recompute): FlopParts {
  const nothing = scaleParts(forward, 0);
  if (mode === 'none') return nothing;
  if (mode === 'selective') return { ...nothing, attentionScores: forward.attentionScores };
  return { ...forward, logits: 0 };
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
 * @returns FLOP, for one token unless `tokens` says otherwise
 * @source Narayanan 2021, equation 3; Korthikanti 2022, section 5 and appendix A
 */
export function hardwareFlops(
  model: Model,
  options: FlopOptions & { readonly recompute: Recompute },
): HardwareFlopCount {
  const { tokens, forward, backward, total } = modelFlops(model, options);
  const recompute = recomputed(forward, options.recompute);
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
