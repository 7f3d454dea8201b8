import type { APIRoute } from 'astro';
import { runs } from '#catalog/runs.ts';

/** Every published run in full, in the schema that `npm run validate` reads. */
export const GET: APIRoute = () => Response.json(runs);
