import { readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { expect, test } from 'vitest';
import { files, ROOT } from '../helpers/files.ts';
import { DIST, fileFor, loadPages, SITE } from '../helpers/dist.ts';

const read = (path: string): string => readFileSync(join(DIST, path), 'utf8');
const pages = loadPages();
const indexed = pages
  .filter(({ document }) => document.querySelector('link[rel="canonical"]'))
  .map(({ path }) => path);

test('the sitemap lists every page that may be indexed, and no other', () => {
  const [, first = ''] = /<loc>([^<]+)<\/loc>/.exec(read('sitemap-index.xml')) ?? [];
  expect(first).toBe(`${SITE}/sitemap-0.xml`);
  const listed = [...read('sitemap-0.xml').matchAll(/<loc>([^<]+)<\/loc>/g)].map(([, url = '']) =>
    url.replace(SITE, ''),
  );
  expect(listed.sort()).toEqual([...indexed].sort());
});

test('robots.txt names the sitemap', () => {
  expect(read('robots.txt')).toMatch(/^Sitemap: \S+sitemap-index\.xml$/m);
});

test('llms.txt begins with the name of the notebook, and its links resolve', () => {
  const text = read('llms.txt');
  expect(text).toMatch(/^# Half of Peak\n/);
  const links = [...text.matchAll(/\]\(([^)]+)\)/g)].map(([, url = '']) => url);
  expect(links.length).toBeGreaterThan(2);
  const own = links.filter((url) => !/^https?:/.test(url) || url.startsWith(SITE));
  expect(own.filter((url) => !fileFor(new URL(url, SITE).pathname))).toEqual([]);
});

test('the Markdown copies of chapters have numbers in place of the words for them', () => {
  const text = read('llms.txt');
  const copies = [...text.matchAll(/\]\(([^)]+\.md)\)/g)].map(([, url = '']) => new URL(url, SITE).pathname);
  expect(copies.length).toBeGreaterThan(2);
  for (const path of copies) expect(read(path.slice(1)), path).not.toMatch(/<Num\b/);
});

test('every page is reached from the cover', () => {
  const byPath = new Map(pages.map((page) => [page.path, page]));
  const seen = new Set<string>();
  const queue = ['/'];
  for (let path = queue.pop(); path !== undefined; path = queue.pop()) {
    if (seen.has(path)) continue;
    seen.add(path);
    for (const a of byPath.get(path)?.document.querySelectorAll('a[href]') ?? []) {
      const url = new URL(a.getAttribute('href') ?? '', `${SITE}${path}`);
      if (url.origin === SITE && byPath.has(url.pathname)) queue.push(url.pathname);
    }
  }
  expect(pages.map(({ path }) => path).filter((path) => !seen.has(path) && path !== '/404.html')).toEqual([]);
});

test('titles and descriptions tell the pages apart', () => {
  for (const get of [
    (d: Document) => d.title,
    (d: Document) => d.querySelector('meta[name=description]')?.getAttribute('content') ?? '',
  ]) {
    const texts = pages.map(({ document }) => get(document));
    expect(texts.filter((text, i) => texts.indexOf(text) !== i)).toEqual([]);
  }
});

test('the search index covers every chapter', () => {
  const entry = JSON.parse(read('pagefind/pagefind-entry.json')) as {
    languages: Record<string, { page_count: number }>;
  };
  const searchable = pages.filter(({ document }) => document.querySelector('[data-pagefind-body]')).length;
  expect(entry.languages['en']?.page_count).toBe(searchable);
  expect(searchable).toBeGreaterThanOrEqual(3);
});

test('no source map, no secret, no path of the build machine is published', () => {
  const published = files(DIST, /./).map((file) => relative(DIST, join(ROOT, file)));
  expect(published.filter((file) => /\.map$|(^|\/)\.(env|git)/.test(file))).toEqual([]);
  const texts = published.filter(
    (file) => /\.(html|js|css|json|txt|xml|md)$/.test(file) && !file.startsWith('pagefind/'),
  );
  expect(texts.filter((file) => read(file).includes(ROOT))).toEqual([]);
});
