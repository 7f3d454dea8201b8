import type { NumberField } from '#scenario';

/** Positions of a slider: fine enough to look continuous, coarse enough for arrow keys. */
export const STEPS = 240;

const clamp = (x: number, low: number, high: number): number => Math.min(high, Math.max(low, x));

/** Where a value stands on the slider, 0 to STEPS; clamped when the typed value lies outside the span. */
export function position(field: NumberField, value: number): number {
  const [low, high] = field.slider;
  const share =
    field.scale === 'log' ? Math.log(value / low) / Math.log(high / low) : (value - low) / (high - low);
  return Math.round(clamp(share, 0, 1) * STEPS);
}

function snapPower2(value: number): number {
  const power = 2 ** Math.floor(Math.log2(value));
  const stops = power >= 2 ? [power, power * 1.5, power * 2] : [1, 2];
  return stops.reduce((best, stop) =>
    Math.abs(Math.log(stop / value)) < Math.abs(Math.log(best / value)) ? stop : best,
  );
}

/** The round value at a slider position: two digits in the unit that the field shows, or the stops it asks for. */
export function valueAt(field: NumberField, at: number): number {
  const [low, high] = field.slider;
  const share = clamp(at, 0, STEPS) / STEPS;
  const raw = field.scale === 'log' ? low * (high / low) ** share : low + (high - low) * share;
  const digits = field.unit === 'year' ? 4 : field.scale === 'log' ? 2 : 3;
  const unit = field.bare ?? 1;
  const round = field.snap ? snapPower2(raw) : Number((raw / unit).toPrecision(digits)) * unit;
  const value = clamp(round, low, high);
  return field.integer ? Math.round(value) : value;
}

/** The next stop up or down from a value, for arrow keys in the text box: `step` slider positions, but always a change. */
export function stepped(field: NumberField, value: number, step: number): number {
  let at = position(field, value);
  for (let tries = 0; tries < STEPS; tries++) {
    at = clamp(at + step, 0, STEPS);
    const next = valueAt(field, at);
    if (step > 0 ? next > value : next < value) return next;
    if (at === 0 || at === STEPS) break;
  }
  return value;
}
