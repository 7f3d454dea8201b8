import { defineConfig } from 'astro/config';
import mdx from '@astrojs/mdx';
import react from '@astrojs/react';
import sitemap from '@astrojs/sitemap';
import { satteri } from '@astrojs/markdown-satteri';
import { notebookMarkdown } from './src/markdown/index.ts';
import { catalogValues } from './src/catalog/vite-plugin.ts';

// A host can serve the notebook under a sub-path: SITE=https://example.org BASE=/half-of-peak npm run build
export default defineConfig({
  site: process.env.SITE ?? 'http://localhost:4321',
  base: process.env.BASE ?? '/',
  trailingSlash: 'always',
  integrations: [mdx(), react(), sitemap()],
  vite: { plugins: [catalogValues()] },
  markdown: {
    processor: satteri(notebookMarkdown({ base: process.env.BASE ?? '/' })),
  },
  security: {
    csp: {
      // KaTeX and charts position with style attributes; a strict style-src would silently drop them.
      styleDirective: { resources: ["'self'", { resource: "'unsafe-inline'", kind: 'attribute' }] },
      // Pagefind's index is a WebAssembly module.
      scriptDirective: { resources: ["'self'", "'wasm-unsafe-eval'"] },
    },
  },
});
