import { gpus, models } from '#catalog';
import { formatQuantity } from '#format';
import type { NumberField } from './field-types.ts';
import { fields } from './fields.ts';
import { decodeShape } from './shape.ts';
import type { FieldKey, Values } from './values.ts';

function checkNumber(field: NumberField, value: unknown): string | null {
  if (typeof value !== 'number' || !Number.isFinite(value)) return 'that is not a number.';
  if (value < field.min || value > field.max) {
    const shown = formatQuantity({ value, unit: field.unit, ...(field.as && { as: field.as }) });
    return `${shown} is out of range. It must be ${field.why}.`;
  }
  if (field.integer && !Number.isInteger(value)) return `${value} is not a whole number.`;
  return null;
}

const CHOICES: Partial<Record<FieldKey, readonly string[]>> = {
  gpu: gpus.map((g) => g.id),
  growFromFormat: ['fastest', 'fp64', 'fp32', 'tf32', 'fp16', 'bf16', 'fp8', 'fp6', 'fp4'],
  growToFormat: ['fastest', 'fp64', 'fp32', 'tf32', 'fp16', 'bf16', 'fp8', 'fp6', 'fp4'],
  model: [...models.map((m) => m.id), 'custom'],
  precision: ['fp64', 'fp32', 'tf32', 'fp16', 'bf16', 'fp8', 'fp6', 'fp4'],
  // What a toggle offers depends on the run; whether this run offers it is for the estimator to say.
  countFlops: ['6nd', 'exact', 'exact-causal', '8nd'],
  countPeak: ['dense', 'sparse'],
  countFormat: ['own', 'bf16', 'fp16', 'fp8', 'fp4'],
  countParameters: ['nominal', 'exact', 'without-embeddings'],
  countBytes: ['mixed-16', 'mixed-18', 'mixed-20'],
  countUnit: ['GB', 'GiB'],
  countLost: ['ignored', 'counted'],
};

/** Why a value cannot stand in this field whatever the other fields say; null when it can. */
export function checkField(key: FieldKey, value: unknown): string | null {
  const field = fields[key];
  if (field.kind === 'number') return checkNumber(field, value);
  if (typeof value !== 'string') return 'that is not text.';
  if (key === 'log') return value === '' ? null : 'a log is not kept in a link.';
  if (field.kind === 'paste') return value === '' || decodeShape(value) ? null : 'that is not a model shape.';
  const known = CHOICES[key] ?? field.options({} as Values).flatMap((g) => g.options.map((o) => o.value));
  return known.includes(value) ? null : `“${value.slice(0, 30)}” is not one of the choices.`;
}
