import {
  FLOAT_FORMATS,
  gradientFates,
  largestLossScale,
  maxFinite,
  minNormal,
  minSubnormal,
  ok,
  shareBelow,
  type FloatFormat,
  type FloatFormatId,
  type GradientFates,
  type GradientSizes,
  type Outcome,
} from '#estimator';
import { formatQuantity, type Quantity } from '#format';
import type { Scenario } from '#scenario';
import type { Span, View } from '../frame/types.ts';

/** The gradients of one doubling of size, after scaling. */
export interface Bin {
  /** Exponent of its lower edge. */
  readonly exponent: number;
  readonly share: number;
  /** The same bin before scaling. */
  readonly before: number;
  readonly fate: keyof GradientFates;
}

/** Exponents of a format's edges, as the axis has them. */
export interface Band {
  readonly name: string;
  readonly zero: number;
  readonly normal: number;
  readonly top: number;
}

export interface LossView extends View {
  readonly bins: readonly Bin[];
  readonly bands: readonly Band[];
  readonly format: string;
  readonly scale: number;
  readonly fates: GradientFates;
}

/** The axis, in exponents of two: all that FP16 can hold, and what lies around it. */
export const AXIS = { low: -46, high: 22 } as const;

/** Formats of the table, and of the bands below the axis. */
const COMPARED: readonly FloatFormatId[] = ['fp32', 'bf16', 'fp16', 'fp8-e5m2', 'fp8-e4m3'];
const BANDS: readonly FloatFormatId[] = ['bf16', 'fp16', 'fp8-e5m2', 'fp8-e4m3'];

/** The largest scale is one that lets through at most this share: with billions of gradients, still some in a step. */
const TOLERATED = 1e-9;

const real = (value: number, digits = 4): string => formatQuantity({ value, unit: 'real', digits });
const ratio = (value: number): Quantity => ({ value: value < 1e-12 ? 0 : value, unit: 'ratio', digits: 3 });
/** A share that a reader can picture. */
const share = (value: number): string =>
  value < 1e-6
    ? 'none'
    : value < 1e-3
      ? `${formatQuantity({ value: value * 1e6, unit: 'real', digits: 2 })} in a million`
      : formatQuantity(ratio(value));

const edges = (format: FloatFormat): Band => ({
  name: format.name,
  zero: Math.log2(minSubnormal(format)) - 1,
  normal: Math.log2(minNormal(format)),
  top: Math.log2(maxFinite(format)),
});

function fateAt(exponent: number, { zero, normal, top }: Band): Bin['fate'] {
  if (exponent < zero) return 'flushed';
  if (exponent < normal) return 'subnormal';
  return exponent < top ? 'normal' : 'overflowed';
}

function binsOf(sizes: GradientSizes, scale: number, band: Band): Bin[] {
  const within = (s: number, e: number): number =>
    shareBelow(sizes, s, 2 ** (e + 1)) - shareBelow(sizes, s, 2 ** e);
  return Array.from({ length: AXIS.high - AXIS.low }, (_, i) => {
    const exponent = AXIS.low + i;
    return {
      exponent,
      share: Math.max(0, within(scale, exponent)),
      before: Math.max(0, within(1, exponent)),
      fate: fateAt(exponent, band),
    };
  });
}

function sentenceOf(name: string, scale: number, fates: GradientFates, bf16: GradientFates): Span[] {
  const at = scale === 1 ? 'Without loss scaling' : `With the loss scaled by ${real(scale, 6)}`;
  const main =
    fates.overflowed > 1e-6
      ? [
          { text: `${at}, ${name} lets ` },
          { text: share(fates.overflowed), strong: true as const },
          { text: ` of the gradients overflow and rounds ${share(fates.flushed)} to zero` },
        ]
      : [
          { text: `${at}, ${name} rounds ` },
          { text: share(fates.flushed), strong: true as const },
          { text: ` of the gradients to zero` },
        ];
  const other = name === 'BF16' ? '.' : `; BF16, unscaled, ${share(bf16.flushed)}.`;
  return [...main, { text: other }];
}

/** What a format does to a log-normal histogram of gradients, before and after the loss is scaled. */
export function view({ values }: Scenario): Outcome<LossView> {
  const sizes = { median: values.gradMedian, spread: values.gradSpread };
  const format = FLOAT_FORMATS[values.gradFormat];
  const scale = values.lossScale;
  const fates = gradientFates(sizes, scale, format);
  const least = minSubnormal(format);
  const plain = (value: number): string => formatQuantity({ value, unit: 'real', digits: 5 });
  return ok({
    bins: binsOf(sizes, scale, edges(format)),
    bands: BANDS.map((id) => edges(FLOAT_FORMATS[id])),
    format: format.name,
    scale,
    fates,
    sentence: sentenceOf(format.name, scale, fates, gradientFates(sizes, 1, FLOAT_FORMATS.bf16)),
    equations: [
      {
        id: 'smallest-gradient',
        numbers: {
          smallestNumber: plain(least),
          lossScale: plain(scale),
          smallestGradient: plain(least / (2 * scale)),
        },
      },
    ],
    code: [
      `import { gradientFates } from './src/estimator/index.ts';`,
      '',
      `const sizes = { median: ${sizes.median}, spread: ${sizes.spread} };`,
      `const format = ${JSON.stringify(format)};`,
      `console.log(gradientFates(sizes, ${scale}, format)); // shares of the gradients that are not zero`,
    ].join('\n'),
    table: {
      caption: `The same gradients in five formats, the loss scaled by ${real(scale, 6)}`,
      columns: [
        { label: 'Format' },
        { label: 'Rounded to zero', unit: 'share' },
        { label: 'Subnormal', unit: 'share' },
        { label: 'Full precision', unit: 'share' },
        { label: 'Overflow', unit: 'share' },
        { label: 'Largest safe scale' },
      ],
      rows: COMPARED.map((id) => {
        const each = gradientFates(sizes, scale, FLOAT_FORMATS[id]);
        const largest = largestLossScale(sizes, FLOAT_FORMATS[id], TOLERATED);
        return [
          FLOAT_FORMATS[id].name,
          ratio(each.flushed),
          ratio(each.subnormal),
          ratio(each.normal),
          ratio(each.overflowed),
          `2^${Math.log2(largest)}`,
        ];
      }),
    },
  });
}
