import {
  cacheBytesPerToken,
  countParameters,
  flopsByPaper,
  modelFlops,
  sumParts,
  type Model,
  type PaperCount,
} from '#estimator';
import {
  bytes,
  count,
  factor,
  partsOf,
  perToken,
  ratio,
  shape,
  shapeOf,
  taken,
  type Fact,
} from './shared.ts';

/** Context of Llama 3 8B where the exercises look at it. */
export const LONG = 32_768;

const llama8 = (): Model => shape('llama3-8b');
const paper = (model: Model, id: PaperCount['id'], sequence?: number): number =>
  flopsByPaper(model, sequence).find((one) => one.id === id)?.flops ?? Number.NaN;

/** Sequence at which the scores cost as much as the layers' matrices. */
function even(model: Model): number {
  const { forward } = modelFlops(model);
  const matrices = sumParts(forward) - forward.attentionScores - forward.logits;
  return (model.sequence * matrices) / forward.attentionScores;
}
const scoresShare = (model: Model, sequence?: number, causal = false): number => {
  const { forward } = modelFlops(model, { causal, ...(sequence !== undefined && { sequence }) });
  return forward.attentionScores / sumParts(forward);
};
const SEPARATE = { framework: 'megatron-2022', fusedAttention: false } as const;
const layersOf = (model: Model, options: Parameters<typeof taken>[1]): number =>
  taken(model, options)
    .groups.filter(({ layers }) => layers > 0)
    .reduce((sum, { activations }) => sum + activations, 0);
const kept = (id: string): number => taken(shape(id)).activations;

export const workFacts = {
  gptForward: (s) => perToken(sumParts(modelFlops(shapeOf(s)).forward)),
  gptTraining: (s) => perToken(modelFlops(shapeOf(s)).total, 5),
  gptScores: (s) => ratio(scoresShare(shapeOf(s))),
  gptRecomputed: (s) => {
    const { forward, total } = modelFlops(shapeOf(s));
    return ratio((sumParts(forward) - forward.logits) / total);
  },
  gptSixH: (s) => count(6 * shapeOf(s).hidden),
  llama8Even: () => count(Math.round(even(llama8()))),
  llama8Own: () => ratio(scoresShare(llama8())),
  llama8Million: () => ratio(scoresShare(llama8(), 2 ** 20)),
  longContext: () => count(LONG),

  paperKaplan: (s) => perToken(paper(shapeOf(s), 'kaplan'), 4),
  paperContext: (s) => perToken(paper(shapeOf(s), 'kaplan-context'), 4),
  paperMegatron: (s) => perToken(paper(shapeOf(s), 'korthikanti'), 4),
  paperHoffmann: (s) => perToken(paper(shapeOf(s), 'hoffmann'), 4),
  paperPalm: (s) => perToken(paper(shapeOf(s), 'chowdhery'), 4),
  paperExact: (s) => perToken(modelFlops(shapeOf(s)).total, 4),
  paperCausal: (s) => perToken(modelFlops(shapeOf(s), { causal: true }).total, 4),
  longKaplan: () => perToken(paper(llama8(), 'kaplan', LONG), 4),
  longHalf: () => perToken(paper(llama8(), 'kaplan-context', LONG), 4),
  longMegatron: () => perToken(paper(llama8(), 'korthikanti', LONG), 4),
  longHoffmann: () => perToken(paper(llama8(), 'hoffmann', LONG), 4),
  longPalm: () => perToken(paper(llama8(), 'chowdhery', LONG), 4),
  longExact: () => perToken(modelFlops(llama8(), { sequence: LONG }).total, 4),
  longCausal: () => perToken(modelFlops(llama8(), { sequence: LONG, causal: true }).total, 4),
  longSpread: () => factor(modelFlops(llama8(), { sequence: LONG }).total / paper(llama8(), 'kaplan', LONG)),

  gptKept: (s) => bytes(layersOf(shapeOf(s), SEPARATE)),
  gptKeptFused: (s) => bytes(layersOf(shapeOf(s), {})),
  gptKeptFull: (s) => bytes(layersOf(shapeOf(s), { ...SEPARATE, recompute: 'full' })),
  gptKeptScores: (s) => {
    const scores = partsOf(taken(shapeOf(s), SEPARATE), 'scores');
    const dropped =
      layersOf(shapeOf(s), SEPARATE) - layersOf(shapeOf(s), { ...SEPARATE, recompute: 'selective' });
    return ratio(scores.length > 0 ? dropped / layersOf(shapeOf(s), SEPARATE) : 0);
  },
  gptSequenceKept: (s) => bytes(layersOf(shapeOf(s), SEPARATE) * shapeOf(s).sequence),
  gptCache: (s) => bytes(cacheBytesPerToken(shapeOf(s))),
  llama70Cache: () => bytes(cacheBytesPerToken(shape('llama3-70b'))),
  deepseekCache: () => bytes(cacheBytesPerToken(shape('deepseek-v3'))),
  llama70Kept: () => bytes(kept('llama3-70b')),
  deepseekKept: () => bytes(kept('deepseek-v3')),
  gptAllKept: () => bytes(kept('gpt3-175b')),
  weightsOverKept: (s) =>
    factor((2 * countParameters(shapeOf(s)).total) / (kept('gpt3-175b') * shapeOf(s).sequence)),
} satisfies Record<string, Fact>;
