import { getCollection } from 'astro:content';
import type { APIRoute } from 'astro';
import { pageContext } from '../mdx/chapter.ts';
import { stateNumber } from '../mdx/facts.ts';

/** Every computed number of the prose: a difference in this file shows what a change of the estimator did to the text. */
export const GET: APIRoute = async () => {
  const entries = (await getCollection('chapters')).sort((a, b) => a.data.number - b.data.number);
  const contexts = await Promise.all(entries.map((entry) => pageContext(entry)));
  const numbers = contexts.flatMap(({ slug, preset, scenario, index }) =>
    index.numbers.map((key) => {
      const { quantity, text } = stateNumber(slug, key, scenario);
      return { page: slug, preset, key, value: quantity.value, unit: quantity.unit, text };
    }),
  );
  return Response.json(numbers);
};
