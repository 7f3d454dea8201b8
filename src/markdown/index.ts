import type { SatteriProcessorOptions } from '@astrojs/markdown-satteri';
import { citationsPlugin } from './citations.ts';
import { codePlugin } from './code.ts';
import { headingsPlugin } from './headings.ts';
import { linksPlugin } from './links.ts';
import { mathPlugin } from './math.ts';
import { tablesPlugin } from './tables.ts';

/** Everything between a chapter's source and its HTML, as options for Astro's Markdown processor. */
export function notebookMarkdown({ base }: { base: string }): SatteriProcessorOptions {
  return {
    features: { math: true, headingAttributes: true, smartPunctuation: true },
    mdastPlugins: [mathPlugin],
    hastPlugins: [citationsPlugin, headingsPlugin, tablesPlugin, codePlugin, linksPlugin(base)],
  };
}
