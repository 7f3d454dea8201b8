import { defineConfig } from 'astro/config';
import mdx from '@astrojs/mdx';
import react from '@astrojs/react';
import sitemap from '@astrojs/sitemap';
import { satteri } from '@astrojs/markdown-satteri';
import { notebookMarkdown } from './src/markdown/index.ts';
import { fonts } from './src/fonts/integration.ts';
import { publishedRunsModule } from './src/catalog/runs-plugin.ts';
import { catalogValues } from './src/catalog/vite-plugin.ts';
import { leanPolicies } from './src/site/policy.ts';
import { readerDirective } from './src/widgets/frame/integration.ts';

// A host can serve the notebook under a sub-path: SITE=https://example.org BASE=/half-of-peak npm run build
export default defineConfig({
  site: process.env.SITE ?? 'http://localhost:4321',
  base: process.env.BASE ?? '/',
  trailingSlash: 'always',
  integrations: [fonts(), mdx(), react(), readerDirective(), leanPolicies(), sitemap()],
  vite: {
    plugins: [catalogValues(), publishedRunsModule()],
    // A script of its own is fetched once for all pages, a font inlined would break the policy. Small sheets may be inlined.
    build: { assetsInlineLimit: (file) => (/\.(js|woff2)$/.test(file) ? false : undefined) },
  },
  markdown: {
    // Classes, not style attributes: smaller, and a strict policy accepts them.
    syntaxHighlight: 'prism',
    processor: satteri(notebookMarkdown({ base: process.env.BASE ?? '/' })),
  },
  security: {
    csp: {
      // Nothing from anywhere else. What only a header can say (frame-ancestors) is in .github/deploy.
      directives: [
        "default-src 'self'",
        "img-src 'self' data: blob:",
        "font-src 'self'",
        "connect-src 'self'",
        "worker-src 'self' blob:",
        "object-src 'none'",
        "base-uri 'self'",
        "form-action 'self'",
      ],
      // KaTeX and charts position with style attributes; a strict style-src would silently drop them.
      styleDirective: { resources: ["'self'", { resource: "'unsafe-inline'", kind: 'attribute' }] },
      // Pagefind's index is a WebAssembly module.
      scriptDirective: { resources: ["'self'", "'wasm-unsafe-eval'"] },
    },
  },
});
