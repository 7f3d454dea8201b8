import type { APIRoute } from 'astro';
import { sourcedGpus } from '#catalog/sources.ts';

/** Every GPU with its sources, base units. */
export const GET: APIRoute = () => Response.json(sourcedGpus);
