import { describe, expect, test } from 'vitest';
import { BASE, BASE_DIST, BASE_SITE, DIST, fileFor, loadPages, SITE, type Page } from '../helpers/dist.ts';

/** Attributes that make the browser fetch something when the page opens. */
const RESOURCES = [
  ['script', 'src'],
  [
    'link[rel~="stylesheet"], link[rel~="preload"], link[rel~="modulepreload"], link[rel~="icon"], link[rel~="manifest"]',
    'href',
  ],
  ['img, source, video, audio, iframe, embed, track', 'src'],
  ['astro-island', 'component-url'],
  ['astro-island', 'renderer-url'],
  ['astro-island', 'before-hydration-url'],
  ['use, image', 'href'],
] as const;

const LINKS = [
  ['a, area', 'href'],
  ['link[rel="alternate"], link[rel="sitemap"], link[rel="license"], link[rel="canonical"]', 'href'],
  ['form', 'action'],
] as const;

function values(document: Document, table: readonly (readonly [string, string])[]): string[] {
  return table.flatMap(([selector, name]) =>
    [...document.querySelectorAll(selector)].flatMap((element) => element.getAttribute(name) ?? []),
  );
}

interface Site {
  readonly dist: string;
  readonly origin: string;
  readonly base: string;
}

/** Links and resources of a page that lead nowhere, with the reason. */
function brokenIn(page: Page, pages: readonly Page[], { dist, origin, base }: Site): string[] {
  const byPath = new Map(pages.map((p) => [p.path, p]));
  const broken: string[] = [];
  for (const written of values(page.document, [...RESOURCES, ...LINKS])) {
    const url = new URL(written, `${origin}${base}${page.path}`);
    if (url.origin !== origin || !/^https?:$/.test(url.protocol)) continue;
    if (base && url.pathname !== base && !url.pathname.startsWith(`${base}/`)) {
      broken.push(`${written}: outside the base`);
      continue;
    }
    const path = url.pathname.slice(base.length) || '/';
    if (!fileFor(path, dist)) broken.push(`${written}: no such file`);
    else if (url.hash) {
      const target = byPath.get(path);
      const id = decodeURIComponent(url.hash.slice(1));
      if (target && !target.document.getElementById(id)) broken.push(`${written}: no such anchor`);
    }
  }
  return [...new Set(broken)];
}

const SITES: readonly (Site & { readonly name: string })[] = [
  { name: 'at the root', dist: DIST, origin: SITE, base: '' },
  { name: 'under a sub-path', dist: BASE_DIST, origin: BASE_SITE, base: BASE },
];

describe.each(SITES)('built $name', (site) => {
  const pages = loadPages(site.dist);

  test.each(pages)('$path: every internal link, anchor and resource exists', (page) => {
    expect(brokenIn(page, pages, site)).toEqual([]);
  });
});

describe.each(loadPages())('$path', ({ document }) => {
  test('loads nothing from another host', () => {
    const foreign = values(document, RESOURCES).filter(
      (url) => new URL(url, SITE).origin !== SITE && !url.startsWith('data:'),
    );
    expect(foreign).toEqual([]);
  });

  test('links outside by https', () => {
    const outside = values(document, [['a', 'href']]).filter(
      (href) => /^[a-z]+:/i.test(href) && !href.startsWith(SITE),
    );
    expect(outside.filter((href) => !/^(https:\/\/|mailto:)/.test(href))).toEqual([]);
  });

  test('names every link and button', () => {
    const name = (element: Element): string =>
      [
        element.textContent,
        element.getAttribute('aria-label'),
        element.getAttribute('aria-labelledby'),
        element.querySelector('img')?.getAttribute('alt'),
      ]
        .join('')
        .trim();
    const silent = [...document.querySelectorAll('a[href], button')].filter(
      (element) => name(element) === '',
    );
    expect(silent.map((element) => element.outerHTML.slice(0, 100))).toEqual([]);
  });
});

test('a dead link, a dead anchor and a link out of the base are found', () => {
  const page = loadPages()[0];
  if (!page) throw new Error('no page');
  const document = page.document.cloneNode(true) as Document;
  document.body.innerHTML = '<a href="/nowhere/">a</a> <a href="#nothing">b</a> <img src="/missing.png">';
  document.head.innerHTML = '';
  const site = { dist: DIST, origin: SITE, base: '' };
  const probe = { ...page, path: '/', document };
  expect(brokenIn(probe, [probe], site)).toEqual([
    '/missing.png: no such file',
    '/nowhere/: no such file',
    '#nothing: no such anchor',
  ]);
  expect(brokenIn(probe, [probe], { ...site, base: BASE }).join()).toContain('outside the base');
});
