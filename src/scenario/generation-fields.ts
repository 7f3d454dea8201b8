import { gpus } from '#catalog';
import { peakRate, type Format } from '#estimator';
import type { ChoiceField, Field, NumberField, OptionGroup } from './field-types.ts';
import { formatName } from './format-names.ts';
import { remember } from './remember.ts';
import type { FieldKey, Values } from './values.ts';

type Key = Extract<
  FieldKey,
  | 'cardA' | 'cardB' | 'charted' | 'chartedPer'
  | 'growFrom' | 'growFromFormat' | 'growTo' | 'growToFormat' | 'growSparse'
  | 'kernel' | 'kernelM' | 'kernelN' | 'kernelK' | 'overlay'
>; // prettier-ignore

const FORMATS = ['fp64', 'fp32', 'tf32', 'fp16', 'bf16', 'fp8', 'fp6', 'fp4'] as const;

const cards = remember([], (): readonly OptionGroup[] =>
  [...new Set(gpus.map((g) => g.architecture))].map((label) => ({
    label,
    options: gpus.filter((g) => g.architecture === label).map((g) => ({ value: g.id, label: g.name })),
  })),
);

const card = (label: string, url: string, help: string): ChoiceField => ({
  kind: 'choice',
  label,
  help,
  url,
  options: cards,
});

const choice = (
  label: string,
  url: string,
  help: string,
  options: Readonly<Record<string, string>>,
): ChoiceField => ({
  kind: 'choice',
  label,
  help,
  url,
  options: remember([], () => [
    { label, options: Object.entries(options).map(([value, name]) => ({ value, label: name })) },
  ]),
});

const formatOf = (of: 'growFrom' | 'growTo', label: string, url: string): ChoiceField => ({
  kind: 'choice',
  label,
  help: 'The format whose dense peak is taken on this side.',
  url,
  options: remember([of], (values: Values) => {
    const gpu = gpus.find((g) => g.id === values[of]);
    const has = (format: Format): boolean => gpu !== undefined && peakRate(gpu, format).ok;
    return [
      {
        label,
        options: [
          { value: 'fastest', label: 'the fastest it has' },
          ...FORMATS.filter(has).map((format) => ({ value: format, label: formatName(format) })),
        ],
      },
    ];
  }),
});

const width = (label: string, symbol: string, url: string, help: string): NumberField => ({
  kind: 'number',
  label,
  symbol,
  unit: 'count',
  min: 1,
  max: 1_048_576,
  why: 'between one and a million',
  slider: [1, 65_536],
  snap: 'power2',
  scale: 'log',
  integer: true,
  help,
  url,
});

/** Fields of the chapter on generations; their URL keys begin with g. */
export const generationFields: { readonly [K in Key]: Field } = {
  cardA: card('Card', 'ga', 'The card that the other one is compared with.'),
  cardB: card('Compared card', 'gb', 'Its figures are shown as multiples of the first card’s.'),
  charted: choice('Charted', 'gq', 'Which figure of the data sheets the chart shows over the years.', {
    fastest: 'dense peak, fastest format',
    fp64: 'dense peak, FP64',
    fp32: 'dense peak, FP32',
    fp16: 'dense peak, 16 bits',
    fp8: 'dense peak, FP8',
    fp4: 'dense peak, FP4',
    memory: 'memory',
    bandwidth: 'memory bandwidth',
    nvlink: 'NVLink, one direction',
    power: 'power limit',
    ridge: 'ridge point, 16 bits',
  }),
  chartedPer: choice('Per', 'gw', 'Whether figures are divided by the power limit of the board.', {
    gpu: 'GPU',
    watt: 'watt',
  }),
  growFrom: card('From', 'gf', 'The card at which the count begins.'),
  growFromFormat: formatOf('growFrom', 'Its format', 'gff'),
  growTo: card('To', 'gt', 'The card at which the count ends.'),
  growToFormat: formatOf('growTo', 'Format at the end', 'gtf'),
  growSparse: choice('2:4 sparsity', 'gs', 'Whether the rate for half-empty matrices counts at the end.', {
    counted: 'counted',
    ignored: 'not counted',
  }),
  kernel: choice('Kernel', 'gk', 'What runs: all are forward passes, and the attentions are causal.', {
    gemm: 'matrix product',
    attention: 'attention, one kernel',
    'separate-attention': 'attention, scores in memory',
    residual: 'residual sum',
  }),
  kernelM: width(
    'Tokens',
    'm',
    'gm',
    'Rows of the activations: tokens of a batch, or sequences that decode.',
  ),
  kernelN: width('Width', 'n', 'gn', 'Columns of the result; for attention, all heads of 128 together.'),
  kernelK: width('Inner width', 'k', 'gi', 'The dimension that the matrix product sums over.'),
  overlay: choice(
    'Other roofs',
    'go',
    'Which other GPUs are drawn, in the same format or the next wider one they have.',
    {
      none: 'none',
      card: 'the compared card',
      generations: 'five generations and Blackwell',
    },
  ),
};
