import type { APIRoute } from 'astro';
import { all } from '#catalog/bibliography.ts';

/** Every source as CSL-JSON, which Zotero and Pandoc read. */
export const GET: APIRoute = () => Response.json(all().map(({ csl }) => csl));
