import { countParameters, modelFlops, type Model } from '#estimator';
import { short, whole } from '#format';
import type { SourcedModel } from '#catalog/schema.ts';
import { stripSources } from '#catalog/values.ts';

const NAMES: Readonly<Record<string, string>> = {
  year: 'year',
  parameters: 'size as printed',
  published: 'published count',
  active: 'active parameters',
  tokens: 'training tokens',
  'shape.layers': 'layers',
  'shape.hidden': 'width',
  'shape.heads': 'heads',
  'shape.kvHeads': 'key and value heads',
  'shape.headDim': 'head width',
  'shape.ffn': 'MLP width',
  'shape.vocab': 'vocabulary',
  'shape.sequence': 'context',
  'shape.gatedMlp': 'gating',
  'shape.tiedEmbeddings': 'tied embeddings',
  'shape.norm': 'norms',
  'shape.normsPerLayer': 'norms',
  'shape.embeddingNorm': 'norms',
  'shape.positions': 'positions',
  'shape.positionRows': 'positions',
  'shape.qkNorm': 'norms',
  'shape.attentionSinks': 'attention sinks',
};

/** The path of a fact in a model's record, in the reader's words. */
export function modelFieldName(path: string): string {
  if (path.startsWith('shape.bias')) return 'biases';
  if (path.startsWith('shape.moe')) return 'experts';
  if (path.startsWith('shape.mla')) return 'latent attention';
  if (path.startsWith('shape.window')) return 'attention window';
  return NAMES[path] ?? path;
}

/** What a row of the table says beyond its columns: experts, latent attention, window. */
function peculiarities({ moe, mla, window }: Model): string {
  return [
    moe &&
      `${moe.experts} experts, ${moe.topK} a token${moe.sharedExperts ? `, ${moe.sharedExperts} shared` : ''}`,
    moe?.denseLayers && `first ${moe.denseLayers === 1 ? 'layer' : `${moe.denseLayers} layers`} dense`,
    mla && 'latent attention',
    window && `window of ${whole(window.tokens)}${window.layers > 0 ? ` in ${window.layers} layers` : ''}`,
  ]
    .filter(Boolean)
    .join('; ');
}

/** The sections of the page: families that belong together. A family named in none stands in the last one. */
const SECTIONS: readonly {
  readonly id: string;
  readonly title: string;
  readonly families: readonly string[];
}[] = [
  { id: 'gpt-3', title: 'GPT-3', families: ['GPT-3'] },
  { id: 'megatron', title: 'Megatron', families: ['Megatron', 'MT-NLG'] },
  { id: 'llama', title: 'Llama', families: ['Llama 1', 'Llama 2', 'Llama 3'] },
  {
    id: 'experts',
    title: 'Mixtures of experts',
    families: ['Mixtral', 'DeepSeek', 'Kimi', 'Qwen', 'gpt-oss', 'Grok'],
  },
  { id: 'nemotron', title: 'Nemotron', families: ['Nemotron'] },
  { id: 'mpt', title: 'MPT', families: ['MPT'] },
  { id: 'pythia', title: 'Pythia', families: ['Pythia'] },
  { id: 'others', title: 'Others', families: [] },
];

/** A section of the page of models. */
export interface ModelSection {
  readonly id: string;
  readonly title: string;
  readonly rows: readonly ModelRow[];
}

/** Every model once, in the sections of the page, in the order given. */
export function modelSections(models: readonly SourcedModel[]): readonly ModelSection[] {
  const named = SECTIONS.flatMap(({ families }) => families);
  return SECTIONS.map(({ id, title, families }) => ({
    id,
    title,
    rows: models
      .filter(({ family }) => (families.length ? families.includes(family) : !named.includes(family)))
      .map(modelRow),
  })).filter(({ rows }) => rows.length > 0);
}

/** How the count of parameters compares with the published one. */
export type Agreement = 'same' | 'rounded' | 'unpublished';

/** One row of the page of models. */
export interface ModelRow {
  readonly model: SourcedModel;
  readonly shape: Model;
  readonly counted: number;
  readonly agreement: Agreement;
  /** The published count as its source prints it. */
  readonly published: string;
  readonly flopsPerToken: number;
  readonly peculiar: string;
}

/** A model with what the estimator makes of its shape. */
export function modelRow(model: SourcedModel): ModelRow {
  const shape = stripSources(model.shape) as Model;
  const { published } = model;
  return {
    model,
    shape,
    counted: countParameters(shape).total,
    agreement: !published ? 'unpublished' : published.rounding === 0 ? 'same' : 'rounded',
    published: published
      ? published.rounding === 0
        ? whole(published.value)
        : short(published.value, 4)
      : '',
    flopsPerToken: modelFlops(shape).total,
    peculiar: peculiarities(shape),
  };
}
