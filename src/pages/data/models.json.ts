import type { APIRoute } from 'astro';
import { sourcedModels } from '#catalog/sources.ts';

/** Every model with its sources. */
export const GET: APIRoute = () => Response.json(sourcedModels);
