/** How the page writes a run's parts. Safe for a browser. */
import { formatQuantity, significant, whole, type Quantity } from '#format';
import { summarise } from '#validation/statistics.ts';
import { errorOf, type Point } from './point.ts';

const UNITS: Readonly<Record<string, (value: number) => Quantity>> = {
  stepTimeS: (value) => ({ value, unit: 's', as: 'seconds' }),
  tflopsPerGpu: (value) => ({ value: value * 1e12, unit: 'FLOP/s' }),
  tokensPerSecPerGpu: (value) => ({ value, unit: 'token/s' }),
  mfu: (value) => ({ value, unit: 'ratio' }),
  hfu: (value) => ({ value, unit: 'ratio' }),
};

const QUANTITIES: Readonly<Record<string, string>> = {
  stepTimeS: 'step',
  tflopsPerGpu: 'rate of a GPU',
  tokensPerSecPerGpu: 'rate of a GPU',
  mfu: 'MFU',
  hfu: 'HFU',
};

/** A value of a run's headline quantity. */
export const amount = ({ quantity }: Point, value: number): string =>
  // A number never leaves its unit.
  formatQuantity(UNITS[quantity]?.(value) ?? { value, unit: 'count' }).replaceAll(' ', '\u00a0');

export const quantityName = ({ quantity }: Point): string => QUANTITIES[quantity] ?? quantity;

/** `+4.2%`, `−12%`: a signed error, with a tenth of a percent only where it is small. */
export function signedPercent(error: number): string {
  const size = Math.abs(error) * 100;
  const text = size < 9.95 ? size.toFixed(1) : whole(size);
  return Number(text) === 0 ? '0%' : `${error < 0 ? '−' : '+'}${text}%`;
}

/** `4.2%`, `12%` */
export const percentOf = (share: number): string => signedPercent(Math.abs(share)).replace('+', '');

/** TFLOP/s without the unit, which stands at the axis. */
export const tera = (value: number): string => significant(value / 1e12, 3);

/** One run in a sentence. */
export function describe(point: Point): string {
  const { model, gpus, gpu, precision, framework, split } = point;
  return [
    `${model} on ${formatQuantity({ value: gpus, unit: 'GPU' })} ${gpu}, ${precision}, ${framework}${split === '' ? '' : `, ${split}`}.`,
    `The ${quantityName(point)} was ${amount(point, point.measured)}, predicted ${amount(point, point.predicted)}: ${signedPercent(errorOf(point))}.`,
  ].join(' ');
}

/** How far a set of runs is off, in a sentence. */
export function summarySentence(points: readonly Point[]): string {
  const summary = summarise(points.map(errorOf));
  const [only] = points;
  if (!summary || !only) return 'No published run is like that.';
  const { count, median, p90, worst } = summary;
  if (count === 1) return `One run, off by ${percentOf(worst)}.`;
  return `${whole(count)} runs: half are within ${percentOf(median)} of what was measured, nine in ten within ${percentOf(p90)}; the worst is off by ${percentOf(worst)}.`;
}

/** A run's row in the table after its name: what stands in a cell, and what in small type under it. */
export function rowOf(point: Point): readonly (readonly [text: string, under?: string])[] {
  const { gpus, gpu, precision, framework, split } = point;
  return [
    [`${formatQuantity({ value: gpus, unit: 'GPU' })} × ${gpu}`, precision],
    [framework, split],
    [amount(point, point.measured), quantityName(point)],
    [amount(point, point.predicted)],
    [signedPercent(errorOf(point))],
  ];
}

export const ROW_HEADINGS = [
  'Run',
  'Machine',
  'Framework',
  'Measured',
  'Predicted',
  'Error',
  'Cell',
] as const;

/** In small type under a run: where it is from, and how much of it a rule filled. */
export function originOf({ source, tier, where, filled }: Point): string {
  const rules = filled === 0 ? '' : ` ${filled} of its fields ${filled === 1 ? 'is' : 'are'} filled by rule.`;
  return `${source}, tier ${tier}: ${where}.${rules}`;
}

/** Worst first: what a reader who doubts looks for. */
export const byError = (points: readonly Point[]): readonly Point[] =>
  [...points].sort((a, b) => Math.abs(errorOf(b)) - Math.abs(errorOf(a)));
