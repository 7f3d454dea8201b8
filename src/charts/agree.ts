/** The drawing of predicted against measured as plain data, so that the server and a script draw the same picture. */
import { log } from './scale.ts';

export interface AgreementPoint {
  readonly x: number;
  readonly y: number;
  /** Index of its colour. */
  readonly group: number;
}

export interface AgreementDrawing {
  /** Of both axes: equal, so that the diagonal is where prediction and measurement agree. */
  readonly domain: readonly [number, number];
  readonly ticks: readonly { readonly value: number; readonly place: number }[];
  /** Bands around the diagonal, in the order of the tolerances, as path data in a square of side GRID. */
  readonly bands: readonly string[];
  /** One path of round dots a group, in the same square. */
  readonly dots: readonly string[];
}

/** Fine enough to place a dot, coarse enough to write it in few bytes. */
export const AGREEMENT_GRID = 800;

const STEPS = [1, 2, 5, 10];
/** More ticks than this are thinned to powers of ten. */
const MANY_TICKS = 8;

/** The nearest round value (1, 2 or 5 times a power of ten) at or beyond. */
function round(value: number, up: boolean): number {
  const power = 10 ** Math.floor(Math.log10(value));
  const share = value / power;
  const step = up ? STEPS.find((s) => s >= share) : [...STEPS].reverse().find((s) => s <= share);
  // Through its digits: 2 x 10^-1 must be 0.2.
  return Number(((step ?? 1) * power).toPrecision(1));
}

function roundValues(low: number, high: number): readonly number[] {
  const all: number[] = [];
  for (let value = low; value <= high; value = round(value * 1.01, true)) all.push(value);
  const decades = all.filter((value) => /^1(e|0*$)|^0\.0*1$/.test(String(value)));
  return all.length > MANY_TICKS && decades.length > 1 ? decades : all;
}

/** Points of positive, finite coordinates; others cannot stand on a logarithmic axis and are left out. */
export function drawAgreement(
  points: readonly AgreementPoint[],
  groups: number,
  tolerances: readonly number[],
): AgreementDrawing {
  const drawn = points.filter(({ x, y }) => x > 0 && y > 0 && Number.isFinite(x) && Number.isFinite(y));
  const values = drawn.flatMap(({ x, y }) => [x, y]);
  const least = values.reduce((a, b) => Math.min(a, b), values[0] ?? 1);
  const most = values.reduce((a, b) => Math.max(a, b), values[0] ?? 10);
  const low = round(least, false);
  const high = Math.max(round(most, true), low * 10);
  const scale = log(low, high);
  const span = Math.log(high / low);
  const at = (share: number): number => Math.round(share * AGREEMENT_GRID);
  const spots = (group: number): string => {
    const places = drawn
      .filter((point) => point.group === group)
      .map(({ x, y }) => `M${at(scale(x))} ${at(1 - scale(y))}h0`);
    // Runs of one sweep often fall on one spot.
    return [...new Set(places)].sort().join('');
  };
  return {
    domain: [low, high],
    ticks: roundValues(low, high).map((value) => ({ value, place: scale(value) })),
    bands: tolerances.map((tolerance) => {
      const above = at(Math.log(1 + tolerance) / span);
      const below = at(-Math.log(1 - tolerance) / span);
      return `M0 ${AGREEMENT_GRID - above}L${AGREEMENT_GRID} ${-above}V${below}L0 ${AGREEMENT_GRID + below}Z`;
    }),
    dots: Array.from({ length: groups }, (_, group) => spots(group)),
  };
}
