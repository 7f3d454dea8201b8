import type { APIRoute, GetStaticPaths } from 'astro';
import { getCollection, type CollectionEntry } from 'astro:content';
import { longDay } from '#format/citation.ts';
import { site as notebook } from '#site/site.ts';
import { absolute } from '#site/url.ts';
import { resolvePreset } from '#scenario';
import { withNumbers } from '../mdx/markdown-copy.ts';

interface Props {
  entry: CollectionEntry<'chapters'>;
}

export const getStaticPaths = (async () => {
  const entries = await getCollection('chapters', ({ data }) => data.number > 0);
  return entries.map((entry) => ({ params: { slug: entry.id }, props: { entry } satisfies Props }));
}) satisfies GetStaticPaths;

/** A chapter as its author wrote it, with its numbers, under its title: `/training-time.md`. */
export const GET: APIRoute<Props> = ({ props: { entry }, site }) => {
  const { title, description, number, updated, preset } = entry.data;
  const origin = `${notebook.name}, chapter ${number}, ${longDay(updated)}. ${absolute(`/${entry.id}/`, site)}`;
  const body = withNumbers(entry.body?.trim() ?? '', entry.id, resolvePreset(preset));
  const text = `# ${title}\n\n${description}\n\n${origin}\n\n${body}\n`;
  return new Response(text, { headers: { 'content-type': 'text/markdown; charset=utf-8' } });
};
