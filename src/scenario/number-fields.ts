import {
  BLOCK_FORMAT_IDS,
  BLOCK_FORMATS,
  FLOAT_FORMAT_IDS,
  FLOAT_FORMATS,
  type FloatFormatId,
} from '#estimator';
import type { ChoiceField, Field, NumberField, Option } from './field-types.ts';
import { remember } from './remember.ts';
import type { FieldKey } from './values.ts';

type NumberKey = Extract<FieldKey, `lab${string}` | `grad${string}` | 'lossScale'>;

const floats = (ids: readonly FloatFormatId[]): Option[] =>
  ids.map((id) => ({ value: id, label: FLOAT_FORMATS[id].name }));

const choice = (label: string, help: string, url: string, options: ChoiceField['options']): ChoiceField => ({
  kind: 'choice',
  label,
  help,
  url,
  options,
});

const size = (
  rest: Pick<NumberField, 'label' | 'help' | 'url' | 'slider'> & { readonly symbol?: string },
): NumberField => ({
  kind: 'number',
  unit: 'real',
  min: 1e-60,
  max: 1e60,
  why: 'between 10⁻⁶⁰ and 10⁶⁰, which is beyond FP32 at both ends',
  scale: 'log',
  ...rest,
});

/** Inputs of the chapter on number formats. */
export const numberFields: { readonly [K in NumberKey]: Field } = {
  labValue: size({
    label: 'Value',
    symbol: 'x',
    slider: [1e-9, 1e6],
    help: 'The number to store, above zero: a sign is one more bit in every format. 2^-14 is understood.',
    url: 'nv',
  }),
  labFormat: choice(
    'Look closely at',
    'The format whose bits and neighbouring numbers are drawn.',
    'nf',
    remember([], () => [
      { label: 'One number', options: floats(FLOAT_FORMAT_IDS) },
      {
        label: 'Blocks with a scale',
        options: BLOCK_FORMAT_IDS.map((id) => ({ value: id, label: BLOCK_FORMATS[id].name })),
      },
    ]),
  ),
  labOverflow: choice(
    'Too large becomes',
    'FP8 has both conversions: the largest number, or infinity, which in E4M3 is no number at all. CUDA gives the largest unless told otherwise.',
    'nx',
    remember([], () => [
      {
        label: 'Too large becomes',
        options: [
          { value: 'saturate', label: 'largest number' },
          { value: 'special', label: 'infinity or none' },
        ],
      },
    ]),
  ),
  labPeak: size({
    label: 'Largest in its block',
    slider: [1e-9, 1e6],
    help: 'Block formats take their scale from the largest of 32 or 16 neighbours. The others lie evenly between it and yours.',
    url: 'nb',
  }),
  labTensor: size({
    label: 'Largest in its tensor',
    slider: [1e-9, 1e6],
    help: 'NVFP4 has a second scale, in FP32, for the whole tensor.',
    url: 'nt',
  }),
  gradMedian: size({
    label: 'Median gradient',
    slider: [1e-13, 1e-2],
    help: 'Half of the gradients that are not zero are smaller than this in magnitude.',
    url: 'ng',
  }),
  gradSpread: {
    kind: 'number',
    label: 'Spread',
    unit: 'real',
    min: 0.1,
    max: 12,
    why: 'between a tenth of a doubling and twelve doublings',
    slider: [0.5, 8],
    scale: 'linear',
    help: 'Standard deviation of the size in doublings: two thirds of the gradients lie within it to either side.',
    url: 'nw',
  },
  gradFormat: choice(
    'Gradients in',
    'The format that the backward pass stores gradients in.',
    'nc',
    remember([], () => [
      { label: 'Gradients in', options: floats(['bf16', 'fp16', 'fp8-e5m2', 'fp8-e4m3']) },
    ]),
  ),
  lossScale: {
    kind: 'number',
    label: 'Loss scale',
    symbol: 'S',
    unit: 'real',
    min: 1,
    max: 2 ** 60,
    why: 'between 1 and 2⁶⁰',
    slider: [1, 2 ** 40],
    snap: 'power2',
    scale: 'log',
    help: 'What the loss is multiplied by before the backward pass. The gradients are divided by it before the optimizer.',
    url: 'ns',
  },
};
