import type { APIRoute } from 'astro';
import { countParameters, type Model } from '#estimator';
import { csv } from '#catalog/csv.ts';
import { sourcedModels } from '#catalog/sources.ts';
import { stripSources } from '#catalog/values.ts';

/** Every model as plain numbers, with the parameters counted from its shape. */
export const GET: APIRoute = () =>
  new Response(
    csv(
      sourcedModels.map((sourced) => {
        const model = stripSources(sourced);
        const { total, active } = countParameters(model.shape as Model);
        return { ...model, published: sourced.published?.value, counted: total, countedActive: active };
      }),
    ),
    { headers: { 'Content-Type': 'text/csv; charset=utf-8' } },
  );
