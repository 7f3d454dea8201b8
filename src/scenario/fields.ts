import { gpus, models } from '#catalog';
import { formatQuantity } from '#format';
import { chartFields } from './chart-fields.ts';
import { conventionFields } from './convention-fields.ts';
import { countingFields } from './counting-fields.ts';
import { numberFields } from './number-fields.ts';
import { formatName } from './format-names.ts';
import { generationFields } from './generation-fields.ts';
import type { Field, Option, OptionGroup } from './field-types.ts';
import { infinibandFields } from './infiniband-fields.ts';
import { ledgerFields } from './ledger-fields.ts';
import { logFields } from './log-fields.ts';
import { memoryFields } from './memory-fields.ts';
import { nodeFields } from './node-fields.ts';
import { one } from './options.ts';
import { remember } from './remember.ts';
import type { FieldKey } from './values.ts';
import { zeroFields } from './zero-fields.ts';

function grouped<T>(
  items: readonly T[],
  group: (item: T) => string,
  option: (item: T) => Option,
): OptionGroup[] {
  const groups = new Map<string, Option[]>();
  for (const item of items) groups.set(group(item), [...(groups.get(group(item)) ?? []), option(item)]);
  return [...groups].map(([label, options]) => ({ label, options }));
}

/** THE table of inputs. Labels, units, limits, help and URL keys are written here and nowhere else. */
export const fields: { readonly [K in FieldKey]: Field } = {
  model: {
    kind: 'choice',
    label: 'Model',
    help: 'Fixes the shape, so that attention and logits can be counted, and the N of 6ND.',
    url: 'm',
    options: remember(['shape'], ({ shape }) => [
      ...grouped(
        models,
        (m) => m.family,
        (m) => ({ value: m.id, label: m.name }),
      ),
      { label: 'Yours', options: [{ value: 'custom', label: 'From config.json', disabled: shape === '' }] },
    ]),
  },
  shape: {
    kind: 'paste',
    label: 'Paste config.json',
    example: '{ "model_type": "llama", "hidden_size": 4096, … }',
    help: 'The config.json of a Hugging Face model. It is read in your browser and goes nowhere.',
    url: 'ms',
  },
  parameters: {
    kind: 'number',
    label: 'Parameters',
    symbol: 'N',
    unit: 'size',
    min: 1e3,
    max: 1e16,
    why: 'between a thousand and ten quadrillion',
    slider: [1e8, 1e13],
    scale: 'log',
    help: 'Parameters that every token passes through: for a mixture of experts, the active ones.',
    url: 'N',
  },
  tokens: {
    kind: 'number',
    label: 'Tokens',
    symbol: 'D',
    unit: 'token',
    min: 1e3,
    max: 1e18,
    why: 'between a thousand and a quintillion',
    slider: [1e9, 1e14],
    scale: 'log',
    help: 'Tokens trained on, repeats included.',
    url: 'D',
  },
  sequence: {
    kind: 'number',
    label: 'Sequence',
    symbol: 's',
    unit: 'count',
    min: 1,
    max: 1e8,
    why: 'between one token and a hundred million',
    slider: [512, 1_048_576],
    snap: 'power2',
    scale: 'log',
    integer: true,
    help: 'Tokens in one training sequence. The attention part of the FLOPs grows with it.',
    url: 's',
  },
  gpu: {
    kind: 'choice',
    label: 'GPU',
    symbol: 'P',
    help: 'Peak is the dense matrix rate in the chosen format, from the catalogue.',
    url: 'g',
    options: remember([], () =>
      grouped(
        gpus,
        (g) => g.architecture,
        (g) => ({ value: g.id, label: g.name }),
      ),
    ),
  },
  precision: {
    kind: 'choice',
    label: 'Format',
    hint: ({ gpu, precision }) => {
      const peak = gpus.find((g) => g.id === gpu)?.peak[precision];
      return peak === undefined ? '' : formatQuantity({ value: peak, unit: 'FLOP/s', digits: 4 });
    },
    help: 'The format the matrix multiplications run in. Its dense peak is the 100% of the efficiency.',
    url: 'p',
    options: remember(['gpu'], ({ gpu }) => {
      const peak = gpus.find((g) => g.id === gpu)?.peak ?? {};
      const all = ['fp64', 'fp32', 'tf32', 'fp16', 'bf16', 'fp8', 'fp6', 'fp4', 'int8'] as const;
      const has = all.filter((f) => f !== 'int8' && peak[f] !== undefined);
      return [{ label: 'Dense peak', options: has.map((f) => ({ value: f, label: formatName(f) })) }];
    }),
  },
  gpus: {
    kind: 'number',
    label: 'GPUs',
    symbol: 'n',
    unit: 'GPU',
    min: 1,
    max: 1e8,
    why: 'between one and a hundred million',
    slider: [8, 131_072],
    snap: 'power2',
    scale: 'log',
    integer: true,
    help: 'All GPUs of the job. A product such as 128 x 8 is understood.',
    url: 'n',
  },
  efficiency: {
    kind: 'number',
    label: 'Efficiency',
    symbol: 'e',
    unit: 'ratio',
    min: 0.0001,
    max: 1,
    why: 'above 0 and at most 100%: nothing runs faster than its dense peak',
    slider: [0.05, 1],
    scale: 'linear',
    help: 'Model FLOP utilisation (MFU) while the job runs. Recomputation does not count as work.',
    url: 'e',
  },
  goodput: {
    kind: 'number',
    label: 'Goodput',
    symbol: 'g',
    unit: 'ratio',
    min: 0.01,
    max: 1,
    why: 'between 1% and 100% of the calendar',
    slider: [0.5, 1],
    scale: 'linear',
    help: 'Share of the calendar in which the job makes progress: the rest is failures, checkpoints and restarts.',
    url: 'G',
  },
  time: {
    kind: 'number',
    label: 'Time',
    symbol: 'T',
    unit: 's',
    as: 'days',
    min: 1,
    max: 3.2e10,
    why: 'between a second and a thousand years',
    slider: [86_400, 365 * 86_400],
    scale: 'log',
    bare: 86_400,
    help: 'Calendar time from first to last step.',
    url: 'T',
  },
  unknown: {
    kind: 'choice',
    label: 'Solve for',
    help: 'Which of the five numbers follows from the other four.',
    url: 'x',
    options: one('Solve for', {
      time: 'Time',
      gpus: 'GPUs',
      efficiency: 'Efficiency',
      tokens: 'Tokens',
      parameters: 'Parameters',
    }),
  },
  attention: {
    kind: 'choice',
    label: 'Attention count',
    help: 'Papers differ: Megatron counts every pair of tokens, others only the half that the causal mask keeps.',
    url: 'a',
    options: one('Attention', { full: 'every pair of tokens', causal: 'causal half' }),
  },
  ...logFields,
  ...conventionFields,
  ...infinibandFields,
  ...nodeFields,
  ...chartFields,
  ...numberFields,
  ...generationFields,
  ...memoryFields,
  ...zeroFields,
  ...ledgerFields,
  ...countingFields,
};
