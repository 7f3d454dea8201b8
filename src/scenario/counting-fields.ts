import { models } from '#catalog';
import type { ScalingLawId } from '#estimator';
import type { ChoiceField, Field, NumberField, OptionGroup } from './field-types.ts';
import { choice } from './options.ts';
import { remember } from './remember.ts';

/** What the cells of the chapter on counting ask. */
export interface CountingValues extends ShapeValues {
  /** Catalogue id of the model beside, or `none`. */
  kCompare: string;
  /** What the areas of a model's parts stand for. */
  kMetric: 'parameters' | 'forward' | 'training' | 'activations' | 'cache';
  /** Whose kernels decide what training keeps: a framework family of the estimator. */
  kKernels: 'megatron-2022' | 'megatron-core';
  kCacheBits: '16' | '8';
  /** How a budget is said, in FLOP and in days of one GPU. */
  kBudgetIn: 'flop' | 'gpu-days';
  kBudget: number;
  kGpuDays: number;
  kLaw: ScalingLawId;
  /** What a chart of budgets has along its side. */
  kShow: 'parameters' | 'tokens' | 'ratio';
}

/** The shape of the model, number by number. They follow from the model until the reader changes them. */
export interface ShapeValues {
  kLayers: number;
  kHidden: number;
  kHeads: number;
  kKeyHeads: number;
  kHeadDim: number;
  kFfn: number;
  kVocab: number;
  /** Routed experts; 0 for a dense model. */
  kExperts: number;
  kTopK: number;
  kExpertFfn: number;
  kAttention: 'heads' | 'latent';
  kMlp: 'plain' | 'gated';
}

export const SHAPE_FIELDS = [
  'kLayers',
  'kHidden',
  'kHeads',
  'kKeyHeads',
  'kHeadDim',
  'kFfn',
  'kVocab',
  'kExperts',
  'kTopK',
  'kExpertFfn',
  'kAttention',
  'kMlp',
] as const satisfies readonly (keyof ShapeValues)[];

/** Options whose values are words: an object keeps their order. */
const named = (
  label: string,
  url: string,
  help: string,
  options: Readonly<Record<string, string>>,
): ChoiceField => choice(label, url, help, Object.entries(options));

interface Size {
  readonly limits: readonly [number, number];
  readonly why: string;
  readonly slider: readonly [number, number];
  readonly snap?: 'power2';
  readonly scale?: 'linear' | 'log';
}

/** A whole number of the shape. */
const size = (
  label: string,
  symbol: string,
  url: string,
  help: string,
  { limits: [min, max], why, slider, snap, scale = 'log' }: Size,
): NumberField => ({
  kind: 'number',
  label,
  symbol,
  unit: 'count',
  min,
  max,
  why,
  slider,
  scale,
  ...(snap && { snap }),
  integer: true,
  help,
  url,
});

const HEADS: Size = {
  limits: [1, 4096],
  why: 'between one and 4,096',
  slider: [1, 256],
  snap: 'power2',
};

function compared(): OptionGroup[] {
  const families = [...new Set(models.map(({ family }) => family))];
  return [
    { label: 'Nothing', options: [{ value: 'none', label: 'no second model' }] },
    ...families.map((label) => ({
      label,
      options: models.filter((m) => m.family === label).map((m) => ({ value: m.id, label: m.name })),
    })),
  ];
}

const shapeFields: { readonly [K in keyof ShapeValues]: Field } = {
  kLayers: size('Layers', 'L', 'kl', 'Transformer layers, each an attention and an MLP.', {
    limits: [1, 10_000],
    why: 'between one and ten thousand',
    slider: [4, 256],
    snap: 'power2',
  }),
  kHidden: size('Hidden width', 'h', 'kh', 'Width of the vector that goes from layer to layer.', {
    limits: [1, 1e6],
    why: 'between one and a million',
    slider: [256, 32_768],
    snap: 'power2',
  }),
  kHeads: size('Heads', 'a', 'ka', 'Heads of queries.', HEADS),
  kKeyHeads: size(
    'Key heads',
    'k',
    'kk',
    'Heads of keys and values: as many as heads in multi-head attention, fewer when they are grouped, one in multi-query attention.',
    HEADS,
  ),
  kHeadDim: size(
    'Head width',
    'd',
    'kd',
    'Width of one head. Changing heads or hidden width leaves it alone.',
    {
      limits: [1, 65_536],
      why: 'between one and 65,536',
      slider: [16, 512],
      snap: 'power2',
    },
  ),
  kFfn: size('MLP width', 'f', 'kf', 'Inner width of a dense MLP: four times the hidden width in a GPT.', {
    limits: [1, 1e8],
    why: 'between one and a hundred million',
    slider: [512, 131_072],
    snap: 'power2',
  }),
  kVocab: size('Vocabulary', 'V', 'kv', 'Rows of the embedding table, padding included.', {
    limits: [1, 1e8],
    why: 'between one and a hundred million',
    slider: [8192, 524_288],
    snap: 'power2',
  }),
  kExperts: size('Experts', 'E', 'kx', 'Routed experts in a layer; 0 for a dense model.', {
    limits: [0, 100_000],
    why: 'between none and a hundred thousand',
    slider: [0, 512],
    scale: 'linear',
  }),
  kTopK: size('Experts a token visits', 'K', 'kt', 'Routed experts that one token passes through.', {
    limits: [1, 100_000],
    why: 'between one and a hundred thousand',
    slider: [1, 64],
    snap: 'power2',
  }),
  kExpertFfn: size('Expert width', 'f_e', 'ke', 'Inner width of one expert.', {
    limits: [1, 1e8],
    why: 'between one and a hundred million',
    slider: [256, 65_536],
    snap: 'power2',
  }),
  kAttention: named(
    'Attention',
    'kq',
    'Latent attention of a model without it has the ranks of DeepSeek-V3.',
    {
      heads: 'heads (MHA, GQA, MQA)',
      latent: 'latent (MLA)',
    },
  ),
  kMlp: named('MLP', 'kg', 'A gated MLP has three matrices where a plain one has two.', {
    plain: 'plain, two matrices',
    gated: 'gated, three matrices',
  }),
};

export const countingFields: { readonly [K in keyof CountingValues]: Field } = {
  kCompare: {
    kind: 'choice',
    label: 'Beside it',
    help: 'A second model, drawn to a scale of its own.',
    url: 'kc',
    options: remember([], compared),
  },
  kMetric: named('Areas are', 'km', 'What the area of a tensor stands for.', {
    parameters: 'parameters',
    forward: 'FLOP a token, forward',
    training: 'FLOP a token, training',
    activations: 'activation bytes a token',
    cache: 'KV-cache bytes a token',
  }),
  ...shapeFields,
  kKernels: named(
    'Kernels',
    'kn',
    'Whether scores reach memory and dropout masks are kept. Decides the activations and nothing else.',
    {
      'megatron-core': 'fused (Megatron Core)',
      'megatron-2022': 'separate (Megatron 2022)',
    },
  ),
  kCacheBits: choice('KV cache in', 'kb', 'Width of a stored number.', [
    ['16', '16 bits'],
    ['8', '8 bits'],
  ]),
  kBudgetIn: named('Budget in', 'ki', 'How you know what you can spend.', {
    flop: 'FLOP',
    'gpu-days': 'GPU-days',
  }),
  kBudget: {
    kind: 'number',
    label: 'Budget',
    symbol: 'C',
    unit: 'FLOP',
    min: 1e15,
    max: 1e32,
    why: 'between 10¹⁵ and 10³² FLOP',
    slider: [1e18, 1e27],
    scale: 'log',
    help: 'FLOP of the whole training, by 6ND.',
    url: 'kz',
  },
  kGpuDays: {
    kind: 'number',
    label: 'GPU-days',
    unit: 'real',
    min: 0.01,
    max: 1e12,
    why: 'between a quarter of an hour of one GPU and a trillion days',
    slider: [1, 1e7],
    scale: 'log',
    help: 'Days times GPUs. A product such as 1,024 x 24 is understood.',
    url: 'kj',
  },
  kLaw: named('Follow', 'kw', 'The law whose answer is written out. All of them are drawn.', {
    kaplan: 'Kaplan 2020',
    'hoffmann-1': 'Hoffmann 2022, approach 1',
    'hoffmann-2': 'Hoffmann 2022, approach 2',
    'hoffmann-3': 'Hoffmann 2022, approach 3',
    besiroglu: 'Besiroglu 2024, refit of 3',
  }),
  kShow: named('Show', 'ks', 'What the chart has along its side.', {
    parameters: 'parameters',
    tokens: 'tokens',
    ratio: 'tokens for each parameter',
  }),
};

/** GPT-3 beside a model four years younger; the budget is what GPT-3 took by 6ND, and 24 days of 1,024 GPUs. */
export const countingDefaults = {
  kCompare: 'llama3-70b',
  kMetric: 'parameters',
  kKernels: 'megatron-core',
  kCacheBits: '16',
  kBudgetIn: 'flop',
  kBudget: 3.15e23,
  kGpuDays: 24 * 1024,
  kLaw: 'besiroglu',
  kShow: 'parameters',
} as const satisfies Omit<CountingValues, keyof ShapeValues>;
