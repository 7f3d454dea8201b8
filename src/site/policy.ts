import { createHash } from 'node:crypto';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import type { AstroIntegration } from 'astro';

const INLINE = /<(script|style)\b(?![^>]*\ssrc=)[^>]*>([\s\S]*?)<\/\1>/g;
const HASH = / 'sha256-([A-Za-z0-9+/=]+)'/g;

/** A page whose policy names the inline scripts and styles that it has, and no others. */
export function leanPolicy(html: string): string {
  const inline = new Set(
    [...html.matchAll(INLINE)].map(([, , text]) =>
      createHash('sha256')
        .update(text ?? '')
        .digest('base64'),
    ),
  );
  return html.replace(/<meta http-equiv="content-security-policy" content="[^"]*"/, (policy) =>
    policy.replace(HASH, (hash, digest: string) => (inline.has(digest) ? hash : '')),
  );
}

/**
 * Astro lists the hash of every script and style of the build that a page might use. Those in files of their own are
 * allowed by 'self' already, and a hash does not compress.
 */
export function leanPolicies(): AstroIntegration {
  return {
    name: 'half-of-peak:lean-policies',
    hooks: {
      'astro:build:done': async ({ dir }) => {
        const folder = fileURLToPath(dir);
        const files = await readdir(folder, { recursive: true });
        for (const file of files.filter((name) => name.endsWith('.html'))) {
          const html = await readFile(folder + file, 'utf8');
          const lean = leanPolicy(html);
          if (lean !== html) await writeFile(folder + file, lean);
        }
      },
    },
  };
}
