import type { APIRoute } from 'astro';
import { csv } from '#catalog/csv.ts';
import { CELL } from '#components/validation/cell-link.ts';
import { errorOf } from '#components/validation/point.ts';
import { points, type NamedPoint } from '#components/validation/points.ts';
import { absolute } from '#site/url.ts';

function recordOf(point: NamedPoint, site: URL | undefined): object {
  const { x, y, shape, rest, filled, ...said } = point;
  return {
    ...said,
    error: Number(errorOf(point).toFixed(5)),
    measuredFlopsPerSecondPerGpu: x,
    predictedFlopsPerSecondPerGpu: y,
    fieldsFilledByRule: filled,
    cell: `${absolute(CELL, site)}${shape}${rest}`,
  };
}

/** Every run that was compared, a row each: what was measured, what is predicted, the link to its scenario. */
export const GET: APIRoute = ({ site }) =>
  new Response(csv(points.map((point) => recordOf(point, site))), {
    headers: { 'Content-Type': 'text/csv; charset=utf-8' },
  });
