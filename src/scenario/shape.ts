import type { Model } from '#estimator';

/**
 * A model's shape in the few characters a link can carry: `l80h8192a64k8d128f28672v128256s8192.1.0.r.r.000.0`,
 * then `e…` for experts and `m…` for latent attention where there are any.
 */
const NUMBERS = [
  ['l', 'layers'], ['h', 'hidden'], ['a', 'heads'], ['k', 'kvHeads'], ['d', 'headDim'], ['f', 'ffn'], ['v', 'vocab'], ['s', 'sequence'],
] as const; // prettier-ignore

const bit = (on: boolean): string => (on ? '1' : '0');

export function encodeShape(model: Model): string {
  const { bias, moe, mla } = model;
  const numbers = NUMBERS.map(([letter, key]) => `${letter}${model[key]}`).join('');
  const flags = [
    bit(model.gatedMlp),
    bit(model.tiedEmbeddings),
    model.norm === 'rmsnorm' ? 'r' : 'l',
    { learned: 'l', rotary: 'r', none: 'n' }[model.positions],
    bit(bias.qkv) + bit(bias.attentionOutput) + bit(bias.mlp),
    bit(model.qkNorm),
  ];
  const experts = moe
    ? [`e${[moe.experts, moe.topK, moe.expertFfn, moe.sharedExperts, moe.sharedFfn, moe.denseLayers, Number(moe.routerBias)].join('-')}`]
    : [];
  const latent = mla ? [`m${[mla.queryRank ?? 0, mla.kvRank, mla.nopeDim, mla.ropeDim, mla.valueDim].join('-')}`] : [];
  return [numbers, ...flags, ...experts, ...latent].join('.');
}

const PATTERN =
  /^l(\d{1,7})h(\d{1,7})a(\d{1,7})k(\d{1,7})d(\d{1,7})f(\d{1,8})v(\d{1,9})s(\d{1,9})\.([01])\.([01])\.([lr])\.([lrn])\.([01])([01])([01])\.([01])(?:\.e([\d-]{1,60}))?(?:\.m([\d-]{1,60}))?$/;

/** The shape a link carries, or null when the text is not one. Whether it makes sense is for `checkModel` to say. */
export function decodeShape(text: string): Model | null {
  const match = PATTERN.exec(text);
  if (!match) return null;
  const at = (i: number): number => Number(match[i]);
  const on = (i: number): boolean => match[i] === '1';
  const experts = match[17]?.split('-').map(Number);
  const latent = match[18]?.split('-').map(Number);
  if ((experts && experts.length !== 7) || (latent && latent.length !== 5)) return null;
  const model: Model = {
    layers: at(1),
    hidden: at(2),
    heads: at(3),
    kvHeads: at(4),
    headDim: at(5),
    ffn: at(6),
    vocab: at(7),
    sequence: at(8),
    gatedMlp: on(9),
    tiedEmbeddings: on(10),
    norm: match[11] === 'r' ? 'rmsnorm' : 'layernorm',
    positions: match[12] === 'l' ? 'learned' : match[12] === 'r' ? 'rotary' : 'none',
    bias: { qkv: on(13), attentionOutput: on(14), mlp: on(15) },
    qkNorm: on(16),
  };
  return {
    ...model,
    ...(experts && {
      moe: {
        experts: experts[0] ?? 0,
        topK: experts[1] ?? 0,
        expertFfn: experts[2] ?? 0,
        sharedExperts: experts[3] ?? 0,
        sharedFfn: experts[4] ?? 0,
        denseLayers: experts[5] ?? 0,
        routerBias: experts[6] === 1,
      },
    }),
    ...(latent && {
      mla: {
        queryRank: latent[0] || null,
        kvRank: latent[1] ?? 0,
        nopeDim: latent[2] ?? 0,
        ropeDim: latent[3] ?? 0,
        valueDim: latent[4] ?? 0,
      },
    }),
  };
}
