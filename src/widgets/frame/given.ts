import { fields, type FieldKey } from '#scenario';

/**
 * What a solved value becomes when another field is made the unknown. A whole number stays as it is; others keep four
 * digits in the unit that the field shows, upwards: a little more time never asks for one GPU more.
 */
export function asGiven(key: FieldKey, value: number): number {
  const field = fields[key];
  if (field.kind !== 'number' || field.integer) return value;
  const unit = field.bare ?? 1;
  const step = 10 ** (Math.floor(Math.log10(value / unit)) - 3);
  const rounded = Number((Math.ceil(value / unit / step - 1e-9) * step).toPrecision(4));
  return Math.min(Number((rounded * unit).toPrecision(12)), field.max);
}
