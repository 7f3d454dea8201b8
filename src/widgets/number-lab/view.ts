import { maxFinite, minExponent, ok, type FloatFields, type Outcome } from '#estimator';
import { formatQuantity, type Quantity } from '#format';
import type { Scenario, Values } from '#scenario';
import type { ShownEquation, Span, View } from '../frame/types.ts';
import { bitsOf, fieldsIn, type BitField } from './bits.ts';
import { codeFor } from './code.ts';
import { lineOf, type Line } from './line.ts';
import { storedAs, storedInAll, type Fate, type Stored } from './stored.ts';

export interface LabRow {
  readonly id: Stored['id'];
  readonly name: string;
  readonly fate: Fate;
  /** What it becomes and by how much it is off, in a few characters. */
  readonly shown: string;
  readonly range: Stored['range'];
}

export interface LabView extends View {
  readonly value: number;
  readonly rows: readonly LabRow[];
  readonly chosen: Stored['id'];
  readonly name: string;
  readonly bits: readonly BitField[];
  readonly hex: string;
  readonly line: Line | null;
  /** The number that is stored, on the line; null where there is none. */
  readonly stored: number | null;
  readonly step: number;
  /** What the code prints, as one number. */
  readonly printed: number;
}

const real = (value: number, digits = 4): string => formatQuantity({ value, unit: 'real', digits });
const quantity = (value: number, digits = 4): Quantity => ({ value, unit: 'real', digits });

/** `+0.136%`; three digits, and a sign because it may be either way. */
function off(error: number): string {
  const text = formatQuantity({ value: error, unit: 'ratio', digits: 2 });
  if (Math.abs(error) < 1e-6) return error === 0 ? '' : '<0.0001%';
  return error > 0 ? `+${text}` : text;
}

function becomes({ fate, value }: Stored): string {
  if (fate === 'infinity') return 'infinity';
  return value === null ? 'not a number' : real(value, value < 1000 ? 4 : 6);
}

function shortly(stored: Stored): string {
  const { fate, error } = stored;
  if (fate === 'exact') return 'exact';
  if (fate === 'rounded' && error !== null) return `${becomes(stored)}  ${off(error)}`;
  return becomes(stored);
}

function tellEnd(stored: Stored): string {
  const { fate, error, range, subnormal, format } = stored;
  switch (fate) {
    case 'exact':
      return ', which is exact';
    case 'infinity':
      return `: its largest number is ${real(maxFinite(format), 5)}`;
    case 'none':
      return `: its largest number is ${real(maxFinite(format), 5)}, and it has no infinity`;
    case 'clamped':
      return `, the largest that it has${stored.block ? ' under this scale' : ''}`;
    case 'zero':
      return range
        ? `: its smallest number is ${real(range.low, 3)}`
        : ': the scale of its block is already zero';
    case 'rounded':
      return `, off by ${off(error ?? 0).replace(/^[+−]/, '')}${subnormal ? ', as a subnormal number' : ''}`;
  }
}

function sentenceOf(stored: Stored, all: readonly Stored[], { labValue }: Values): Span[] {
  const lost = all.filter(({ fate }) => fate !== 'exact' && fate !== 'rounded').length;
  const who = stored.block
    ? `${stored.name}, in a block of ${stored.block.format.size} with the scale ${real(stored.scale)}`
    : stored.name;
  return [
    { text: `In ${who}, ${real(labValue, 6)} becomes ` },
    { text: becomes(stored), strong: true },
    { text: `${tellEnd(stored)}. ` },
    {
      text:
        lost === 0
          ? `All ${all.length} formats below keep it.`
          : `${lost} of the ${all.length} formats below lose it.`,
    },
  ];
}

/** Whole numbers in full as long as they are short. */
const count = (value: number): string => formatQuantity({ value, unit: 'real', digits: 7 });
const plain = (value: number): string => formatQuantity({ value, unit: 'real', digits: 6 });

function equationsOf(stored: Stored, fields: FloatFields): ShownEquation[] {
  const { format, block, value } = stored;
  const steps = 2 ** format.fractionBits;
  const largest = maxFinite(format);
  const top = 2 ** Math.floor(Math.log2(largest));
  const decoded: ShownEquation =
    value === null
      ? {
          id: 'largest-value',
          numbers: {
            blockScale: '1',
            binade: plain(top),
            leadingBit: '1',
            fraction: count((largest / top - 1) * steps),
            fractionSteps: count(steps),
            largestValue: plain(largest),
          },
        }
      : {
          id: 'stored-value',
          numbers: {
            blockScale: plain(stored.scale),
            binade: plain(2 ** (Math.max(1, fields.exponent) - 1 + minExponent(format))),
            leadingBit: fields.exponent === 0 ? '0' : '1',
            fraction: count(fields.fraction),
            fractionSteps: count(steps),
            storedValue: plain(value),
          },
        };
  if (!block) return [decoded];
  const bits = {
    elementBits: String(format.bits),
    scaleBits: String(block.format.scaleBits),
    blockSize: String(block.format.size),
    effectiveBits: plain(stored.bits),
  };
  return [decoded, { id: 'effective-bits', numbers: bits }];
}

const rowOf = (stored: Stored): LabRow => ({
  id: stored.id,
  name: stored.name,
  fate: stored.fate,
  shown: shortly(stored),
  range: stored.range,
});

/** The reader's number in every format: what it becomes, where it lies in the range, and the bits of one of them. */
export function view({ values }: Scenario): Outcome<LabView> {
  const all = storedInAll(values);
  const stored = storedAs(values.labFormat, values);
  const fields = fieldsIn(stored, values.labValue, values.labOverflow);
  const { code, printed } = codeFor(stored, fields, values);
  const bits = bitsOf(stored, fields);
  return ok({
    value: values.labValue,
    rows: all.map(rowOf),
    chosen: stored.id,
    name: stored.name,
    bits: bits.fields,
    hex: bits.hex,
    line: lineOf(stored, values.labValue),
    stored: stored.value,
    step: stored.step,
    sentence: sentenceOf(stored, all, values),
    equations: equationsOf(stored, fields),
    code,
    printed,
    table: {
      caption: `${real(values.labValue, 6)} in every format`,
      columns: [
        { label: 'Format' },
        { label: 'Bits a value' },
        { label: 'Becomes' },
        { label: 'Off by', unit: 'share' },
        { label: 'Step there' },
        { label: 'Smallest' },
        { label: 'Largest' },
      ],
      rows: all.map((row) => [
        row.name,
        quantity(row.bits),
        row.value === null ? becomes(row) : quantity(row.value, 6),
        row.error === null ? '' : { value: row.error, unit: 'ratio', digits: 3 },
        row.step === 0 ? '' : quantity(row.step, 3),
        row.range ? quantity(row.range.low) : '',
        row.range ? quantity(row.range.high, 5) : '',
      ]),
    },
  });
}
