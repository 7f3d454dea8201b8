import { FLOAT_FORMATS, roundTo, type FloatFormatId } from '#estimator';
import type { Quantity, Unit } from '#format';

export type { Fact } from '../../shared.ts';

/** The number itself, with enough digits for the exact ones. */
export const real = (value: number, digits = 3): Quantity => ({ value, unit: 'real', digits });
export const ratio = (value: number): Quantity => ({ value, unit: 'ratio' });
export const plain = (value: number, unit: Unit, digits?: number): Quantity =>
  digits === undefined ? { value, unit } : { value, unit, digits };

/** A value stored once. */
export const stored = (id: FloatFormatId, value: number): number => roundTo(FLOAT_FORMATS[id], value);

/** A sum kept in a format while `step` is added to it `times` times. */
export function added(id: FloatFormatId, start: number, step: number, times: number): number {
  let sum = start;
  for (let i = 0; i < times; i++) sum = stored(id, sum + step);
  return sum;
}
