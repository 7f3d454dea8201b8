import type { Experts, LatentAttention, Model } from '#estimator';
import type { ShapeValues } from './counting-fields.ts';

/** Where there is no model at all. */
const NOTHING: ShapeValues = {
  kLayers: 1,
  kHidden: 1,
  kHeads: 1,
  kKeyHeads: 1,
  kHeadDim: 1,
  kFfn: 1,
  kVocab: 1,
  kExperts: 0,
  kTopK: 1,
  kExpertFfn: 1,
  kAttention: 'heads',
  kMlp: 'plain',
};

/** What the fields hold for a model that nobody changed. */
export function shapeValues(shape: Model | undefined): ShapeValues {
  if (!shape) return NOTHING;
  const { moe } = shape;
  return {
    kLayers: shape.layers,
    kHidden: shape.hidden,
    kHeads: shape.heads,
    kKeyHeads: shape.kvHeads,
    kHeadDim: shape.headDim,
    // A model of experts alone has no dense MLP to speak of.
    kFfn: Math.max(1, shape.ffn),
    kVocab: shape.vocab,
    kExperts: moe?.experts ?? 0,
    kTopK: moe?.topK ?? 1,
    kExpertFfn: moe?.expertFfn ?? Math.max(1, shape.ffn),
    kAttention: shape.mla ? 'latent' : 'heads',
    kMlp: shape.gatedMlp ? 'gated' : 'plain',
  };
}

/** Ranks and widths of DeepSeek-V3 (deepseekv3-2024, section 4.2). */
const LATENT: LatentAttention = { queryRank: 1536, kvRank: 512, nopeDim: 128, ropeDim: 64, valueDim: 128 };

/** The divisor of `whole` nearest to `wanted`. */
function nearestDivisor(whole: number, wanted: number): number {
  let best = 1;
  for (let n = 1; n <= whole; n++) {
    if (whole % n === 0 && Math.abs(n - wanted) <= Math.abs(best - wanted)) best = n;
  }
  return best;
}

/** What had to give way so that the numbers fit each other. */
export interface ShapeChange {
  readonly name: string;
  readonly to: number;
  /** What it contradicted, a clause. */
  readonly rule: string;
}

function expertsOf(base: Model, values: ShapeValues): Experts | undefined {
  const { kExperts: experts, kExpertFfn: expertFfn } = values;
  if (experts === 0) return undefined;
  const topK = Math.min(values.kTopK, experts);
  const shared = base.moe ?? { sharedExperts: 0, sharedFfn: 0, denseLayers: 0, routerBias: false };
  return {
    ...shared,
    denseLayers: Math.min(shared.denseLayers, values.kLayers),
    experts,
    topK,
    expertFfn,
  };
}

/**
 * A model with the reader's numbers in its shape. What contradicts another number moves to the nearest that does not,
 * and is named: key heads must divide the heads, and a token cannot visit more experts than there are.
 */
export function shapeWith(
  base: Model,
  values: ShapeValues,
): { shape: Model; changed: readonly ShapeChange[] } {
  const { mla, moe: _moe, window, ...rest } = base;
  const kvHeads = nearestDivisor(values.kHeads, values.kKeyHeads);
  const moe = expertsOf(base, values);
  const latent = mla ?? LATENT;
  const changed = [
    ...(kvHeads === values.kKeyHeads || values.kAttention === 'latent'
      ? []
      : [
          {
            name: kvHeads === 1 ? 'key head' : 'key heads',
            to: kvHeads,
            rule: 'key heads must divide the heads',
          },
        ]),
    ...(moe && moe.topK < values.kTopK
      ? [
          {
            name: 'experts a token visits',
            to: moe.topK,
            rule: 'a token cannot visit more experts than there are',
          },
        ]
      : []),
  ];
  const ownFfn = values.kFfn === Math.max(1, base.ffn) ? base.ffn : values.kFfn;
  const needsFfn = !moe || moe.denseLayers > 0;
  return {
    changed,
    shape: {
      ...rest,
      layers: values.kLayers,
      hidden: values.kHidden,
      heads: values.kHeads,
      kvHeads,
      headDim: values.kHeadDim,
      ffn: needsFfn ? Math.max(1, ownFfn) : ownFfn,
      vocab: values.kVocab,
      gatedMlp: values.kMlp === 'gated',
      ...(values.kAttention === 'latent' && { mla: latent }),
      ...(moe && { moe }),
      ...(window && { window: { ...window, layers: Math.min(window.layers, values.kLayers) } }),
    },
  };
}
