import type { Flop } from '../units.ts';
import type { Recompute } from '../types.ts';

/** The plain GPT that Megatron's formula is about: MHA, a two-matrix MLP of width 4h, one logit layer. */
export interface GptShape {
  readonly layers: number;
  readonly hidden: number;
  readonly sequence: number;
  readonly vocab: number;
}

/**
 * Model FLOPs of a GPT by Megatron's closed form, 72 BsLh² (1 + s/6h + V/12Lh); B and s enter as tokens.
 * Attention scores are counted in full. Do not use it for grouped queries or gated MLPs: for Llama 2 7B a patched
 * factor over-counts by a third. {@link modelFlops} is exact for those and equal to this on a GPT.
 * @param tokens B times s; 1 (per token) unless said
 * @returns FLOP
 * @source Korthikanti 2022, equation 7; Narayanan 2021, appendix, without recomputation
 */
export function megatronFlops({ layers, hidden, sequence, vocab }: GptShape, tokens = 1): Flop {
  const corrections = 1 + sequence / (6 * hidden) + vocab / (12 * layers * hidden);
  return 72 * tokens * layers * hidden ** 2 * corrections;
}

/**
 * Hardware FLOPs of a GPT by Megatron's closed forms, as they are printed.
 *
 * Full recomputation: 96 BsLh² (1 + s/6h + V/16Lh). Selective: 72 BsLh² (1 + s/3h + V/12Lh). Mind the second: the
 * text around it adds one more forward pass of the scores, 4BLs²h, which makes 2s/9h and not s/3h (the authors agree:
 * Megatron-LM issue 523). The printed HFU of selective runs are by the printed formula, so it is kept here to read
 * them; {@link hardwareFlops} counts what is really computed.
 * @returns FLOP
 * @source Narayanan 2021, equation 3; Korthikanti 2022, equation 8
 */
export function megatronHardwareFlops(shape: GptShape, recompute: Recompute, tokens = 1): Flop {
  if (recompute === 'none') return megatronFlops(shape, tokens);
  const { layers, hidden, sequence, vocab } = shape;
  const matrices = recompute === 'full' ? 96 : 72;
  const scores = recompute === 'full' ? sequence / (6 * hidden) : sequence / (3 * hidden);
  return tokens * layers * hidden ** 2 * matrices * (1 + scores) + 6 * tokens * hidden * vocab;
}
