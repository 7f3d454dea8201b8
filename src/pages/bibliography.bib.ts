import type { APIRoute } from 'astro';
import { all } from '#catalog/bibliography.ts';

/** Every source as BibTeX, for a reference manager or a paper's .bib. */
export const GET: APIRoute = () =>
  new Response(
    `${all()
      .map(({ bibtex }) => bibtex)
      .join('\n\n')}\n`,
    {
      headers: { 'Content-Type': 'application/x-bibtex; charset=utf-8' },
    },
  );
