import type { APIRoute } from 'astro';
import { csv } from '#catalog/csv.ts';
import { sourcedGpus } from '#catalog/sources.ts';
import { stripSources } from '#catalog/values.ts';

/** Every GPU as plain numbers, base units: FLOP/s, bytes, bytes/s in one direction, watts, hertz. */
export const GET: APIRoute = () =>
  new Response(csv(sourcedGpus.map((gpu) => stripSources(gpu))), {
    headers: { 'Content-Type': 'text/csv; charset=utf-8' },
  });
