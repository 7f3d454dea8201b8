/** The shape of the model that a run trained, with what its row cannot hold filled from its family. */
import { checkModel, type Model } from '#estimator';
import { runShape } from '#catalog/run-point.ts';
import type { ModelRecord } from '#catalog';
import type { Run } from '#catalog/run-file.ts';
import type { Filled } from './filled.ts';
import type { MeasuredRun } from './measured-run.ts';

/** Models with parts that a row cannot hold: latent attention, windows, shared experts, sinks. */
const CATALOGUED: readonly (readonly [RegExp, string])[] = [
  [/deepseek.?v3(?!.?lite)|deepseek.?r1(?!.?distill)/i, 'deepseek-v3'],
  [/kimi.?k2/i, 'kimi-k2'],
  [/gpt.?oss.?120/i, 'gpt-oss-120b'],
  [/qwen2.?57b/i, 'qwen2-57b-a14b'],
  [/qwen3.?30b/i, 'qwen3-30b-a3b'],
  [/qwen3.?235b/i, 'qwen3-235b-a22b'],
];

type Architecture = Pick<Model, 'norm' | 'positions' | 'bias' | 'qkNorm' | 'normsPerLayer' | 'embeddingNorm'>;

const bias = (qkv: boolean, attentionOutput: boolean, mlp: boolean): Model['bias'] => ({
  qkv,
  attentionOutput,
  mlp,
});
const GPT: Architecture = {
  norm: 'layernorm',
  positions: 'learned',
  bias: bias(true, true, true),
  qkNorm: false,
};
const LLAMA: Architecture = {
  norm: 'rmsnorm',
  positions: 'rotary',
  bias: bias(false, false, false),
  qkNorm: false,
};

/** First match on "family name" wins. */
const ARCHITECTURES: readonly (readonly [RegExp, Architecture])[] = [
  [/bloom/i, { ...GPT, positions: 'none', embeddingNorm: true }],
  [/mpt|mosaic/i, { ...GPT, bias: bias(false, false, false) }],
  [/neox|pythia|glm/i, { ...GPT, positions: 'rotary' }],
  [/nemotron/i, { ...GPT, positions: 'rotary', bias: bias(false, false, false) }],
  [/qwen3/i, { ...LLAMA, qkNorm: true }],
  [/qwen/i, { ...LLAMA, bias: bias(true, false, false) }],
  [/llama|mixtral|mistral|grok|smollm|internlm|yi\b|deepseek/i, LLAMA],
  [/gpt|opt|palm|megatron/i, GPT],
];

const VOCABULARIES: readonly (readonly [RegExp, number])[] = [
  [/llama.?[34]/i, 128_256],
  [/llama|mistral/i, 32_000],
  [/mixtral/i, 32_000],
  [/internlm/i, 103_168],
  [/bloom/i, 250_880],
  [/qwen/i, 151_936],
  [/nemotron/i, 256_000],
];
/** GPT-2's vocabulary as Megatron pads it. */
const PADDED_GPT2 = 51_200;
const USUAL_HEAD = 128;

const plain = (name: string): string =>
  name
    .toLowerCase()
    .replace(/[.-]1(?=[ -]?\d)/, '')
    .replace(/[^a-z0-9]/g, '');

/** The catalogued model of that name, unless the row prints another shape: proxies keep the name of what they imitate. */
function cataloguedAs(
  { name = '', hidden, heads, experts, topK }: MeasuredRun['model'],
  models: readonly ModelRecord[],
): ModelRecord | undefined {
  const id = CATALOGUED.find(([test]) => test.test(name))?.[1];
  const found = models.find((model) => (id ? model.id === id : plain(model.name) === plain(name)));
  if (!found) return undefined;
  const { shape } = found;
  const printed = [hidden, heads, experts, topK];
  const published = [shape.hidden, shape.heads, shape.moe?.experts, shape.moe?.topK];
  const same = printed.every((value, index) => value === undefined || value === published[index]);
  return same ? found : undefined;
}

/** Heads whose width divides `hidden` and is nearest to the usual one, and which can be split `ways` ways. */
function headsFor(hidden: number, ways: number): number | undefined {
  for (let off = 0; off < USUAL_HEAD / 2; off++) {
    const width = [USUAL_HEAD - off, USUAL_HEAD + off].find(
      (candidate) => hidden % candidate === 0 && (hidden / candidate) % ways === 0,
    );
    if (width) return hidden / width;
  }
  return undefined;
}

/** Tokens of a sequence: as printed, else what step time, throughput and batch say together, else the model's context. */
function sequenceOf(
  { model, measured, execution, hardware }: MeasuredRun,
  known: ModelRecord | undefined,
  filled: Filled,
): number | undefined {
  if (model.seqLen !== undefined) return model.seqLen;
  const tokens = (measured.stepTimeS ?? 0) * (measured.tokensPerSecPerGpu ?? 0) * (hardware.gpus ?? 0);
  const sequence = Math.round(tokens / (execution.globalBatch ?? Infinity));
  const context = known?.shape.sequence;
  if (sequence > 0) filled.note('seqLen', `${sequence}, step time x throughput / batch`);
  else if (context) filled.note('seqLen', `${context}, the published context`);
  return sequence || context;
}

/** Fills what the row leaves open, so that `runShape` can read it. */
function completed(run: MeasuredRun, known: ModelRecord | undefined, filled: Filled) {
  const { model } = run;
  const ways = run.execution.tp ?? 1;
  const who = `${model.family ?? ''} ${model.name ?? ''}`;
  const { shape } = known ?? {};
  const hidden = model.hidden ?? shape?.hidden;
  const layers = model.layers ?? shape?.layers;
  if (model.layers === undefined && shape) filled.note('model', `the published shape of ${known?.name}`);
  const gated = model.gatedMlp ?? shape?.gatedMlp ?? /llama|mixtral|mistral|qwen|internlm/i.test(who);
  const usualHeads = hidden && headsFor(hidden, ways);
  const given = model.heads ?? shape?.heads;
  const heads =
    given ??
    (usualHeads &&
      filled.or('heads', given, () => [
        usualHeads,
        `heads as near to the usual width of ${USUAL_HEAD} as divides ${hidden} and splits ${ways} ways`,
      ]));
  const given4 = model.ffn ?? shape?.ffn ?? model.expertFfn;
  const ffn =
    given4 ?? (hidden && !gated ? filled.or('ffn', given4, () => [4 * hidden, '4 x hidden']) : undefined);
  const vocab = filled.or('vocab', model.vocab ?? shape?.vocab, () => [
    VOCABULARIES.find(([test]) => test.test(who))?.[1] ?? PADDED_GPT2,
    'the usual of its family',
  ]);
  const seqLen = sequenceOf(run, known, filled);
  const kvHeads = model.kvHeads ?? shape?.kvHeads;
  const tied = model.tiedEmbeddings ?? shape?.tiedEmbeddings ?? !gated;
  return {
    ...model,
    hidden,
    layers,
    heads,
    ffn,
    vocab,
    seqLen,
    kvHeads,
    gatedMlp: gated,
    tiedEmbeddings: tied,
  };
}

/**
 * The routed experts of a row that speaks of any: its own, its published model's, and an expert as wide as the MLP where
 * only that width is printed (Mixtral, Grok). Or what it lacks; a dense model in its place would be another model.
 */
function expertsOf(
  { model, execution }: MeasuredRun,
  known: ModelRecord | undefined,
  filled: Filled,
): Partial<MeasuredRun['model']> | string {
  const { experts, topK, expertFfn, sharedExperts, ffn } = model;
  const { moe } = known?.shape ?? {};
  if (!experts && !topK && !expertFfn && !moe && (execution.ep ?? 1) === 1) return {};
  const width = expertFfn ?? moe?.expertFfn ?? ffn;
  if (!expertFfn && !moe && ffn) filled.note('expertFfn', `${ffn}, the width of the MLP`);
  const routed = {
    experts: experts ?? moe?.experts,
    topK: topK ?? moe?.topK,
    expertFfn: width,
    sharedExperts: sharedExperts ?? moe?.sharedExperts,
  };
  const missing = (['experts', 'topK', 'expertFfn'] as const).filter((key) => !routed[key]);
  return missing.length > 0 ? missing.join(', ') : routed;
}

/** The model, or the reason why it cannot be counted. */
export function modelOfRun(run: MeasuredRun, models: readonly ModelRecord[], filled: Filled): Model | string {
  const name = run.model.name ?? '';
  const who = `${run.model.family ?? ''} ${name}`;
  if (/mamba|nemotron.?h\b|nemotron.?3.?(nano|super|ultra)|nemotron_3/i.test(who))
    return 'a hybrid of state-space and attention layers, which the estimator does not model';
  if (/\bt5\b|\bbert\b|encoder|\bvit\b/i.test(who)) return 'not a decoder-only Transformer';
  const known = cataloguedAs(run.model, models);
  const shared = completed(run, known, filled);
  const missing = (['layers', 'hidden', 'heads', 'ffn', 'seqLen'] as const).filter((key) => !shared[key]);
  if (missing.length > 0) return `the shape of "${name}" lacks ${missing.join(', ')}`;
  const routed = expertsOf(run, known, filled);
  if (typeof routed === 'string') return `the experts of "${name}" lack ${routed}`;
  const full = { ...shared, ...routed };
  const special = known && CATALOGUED.some(([, id]) => id === known.id);
  if (special && full.seqLen && full.layers)
    return { ...known.shape, sequence: full.seqLen, layers: full.layers };
  const base = runShape({ ...run, model: full } as unknown as Run, []);
  if (!base) return `the shape of "${name}" is incomplete`;
  const found = ARCHITECTURES.find(([test]) => test.test(who))?.[1];
  const architecture = found ?? (base.gatedMlp ? LLAMA : GPT);
  const shape: Model = { ...base, ...architecture };
  const [issue] = checkModel(shape);
  return issue ? `the shape of "${name}" is impossible: ${issue.message}` : shape;
}
