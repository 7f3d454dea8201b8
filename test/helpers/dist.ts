import { existsSync, readFileSync, statSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { parseHTML } from 'linkedom';
import { files, ROOT } from './files.ts';

/** The production build, and the one made for a host that serves the notebook under a sub-path. */
export const DIST = resolve(ROOT, process.env['DIST'] ?? 'dist');
export const BASE_DIST = resolve(ROOT, process.env['BASE_DIST'] ?? 'test/output/base');
export const BASE = '/half-of-peak';
/** Origins the two were built for: that of astro.config.mjs and the one that run.mjs gives. */
export const SITE = process.env['SITE'] ?? 'http://localhost:4321';
export const BASE_SITE = 'https://example.org';

export interface Page {
  /** Address on the site without the base: `/training-time/`; the page for what is missing is `/404.html`. */
  readonly path: string;
  readonly html: string;
  readonly document: Document;
}

/** Addresses of all pages of a built folder. */
export function pagePaths(dist = DIST): string[] {
  const found = files(dist, /\.html$/)
    .map((file) => `/${relative(dist, resolve(ROOT, file))}`)
    .filter((path) => !path.startsWith('/pagefind/'))
    .map((path) => path.replace(/index\.html$/, ''));
  if (found.length === 0) throw new Error(`${dist} holds no page: run \`npm run build\` first.`);
  return found;
}

/** The file that a static host sends for an address without base and query, or null. */
export function fileFor(pathname: string, dist = DIST): string | null {
  const path = decodeURIComponent(pathname);
  const file = join(dist, path.endsWith('/') ? `${path}index.html` : path);
  return existsSync(file) && statSync(file).isFile() ? file : null;
}

export function loadPages(dist = DIST): Page[] {
  return pagePaths(dist).map((path) => {
    const html = readFileSync(fileFor(path, dist) ?? '', 'utf8');
    return { path, html, document: parseHTML(html).document };
  });
}
