import type { APIRoute } from 'astro';
import { packPoints } from '#components/validation/point.ts';
import { points } from '#components/validation/points.ts';

/** What the page of validation draws, packed for its script. For people there is runs.csv. */
export const GET: APIRoute = () => Response.json(packPoints(points));
