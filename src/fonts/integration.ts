import { fileURLToPath } from 'node:url';
import type { AstroIntegration } from 'astro';
import { buildFonts } from './build.ts';

/**
 * Makes the cut fonts importable: `#fonts/fonts.css`, `#fonts/katex.css`, `#fonts/serif.woff2?url`.
 * Vite then hashes and bases them like every other asset; nothing generated is kept in git.
 */
export function fonts(): AstroIntegration {
  return {
    name: 'half-of-peak:fonts',
    hooks: {
      'astro:config:setup': async ({ config, updateConfig }) => {
        const folder = await buildFonts(fileURLToPath(config.root));
        updateConfig({
          vite: {
            resolve: { alias: [{ find: /^#fonts\//, replacement: `${folder}/` }] },
          },
        });
      },
    },
  };
}
