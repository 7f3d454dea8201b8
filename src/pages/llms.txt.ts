import type { APIRoute } from 'astro';
import { navigation } from '#components/shell/navigation.ts';
import { site as notebook } from '#site/site.ts';
import { absolute } from '#site/url.ts';

/** The notebook for language models (llmstxt.org): what it is, and each chapter as Markdown. */
export const GET: APIRoute = async ({ site }) => {
  const groups = await navigation();
  const sections = groups.map(({ title, entries }) => {
    const lines = entries.map((entry) => {
      // Chapters have their source beside them; other pages are only HTML.
      const path = entry.number === undefined ? entry.path : entry.path.replace(/\/$/, '.md');
      const name = entry.number === undefined ? entry.title : `${entry.number}. ${entry.title}`;
      return `- [${name}](${absolute(path, site)})${entry.description ? `: ${entry.description}` : ''}`;
    });
    return `## ${title}\n\n${lines.join('\n')}`;
  });
  const about =
    'The chapters below are the MDX sources, with every computed number filled in from the running example. Figures and ' +
    'calculators stand in them by name only; the web page draws them. A published number is a <Given> or carries a ' +
    '<Cite>, with the key of its source in the bibliography.';
  const text = `# ${notebook.name}\n\n> ${notebook.tagline}\n\n${about}\n\n${sections.join('\n\n')}\n`;
  return new Response(text, { headers: { 'content-type': 'text/plain; charset=utf-8' } });
};
