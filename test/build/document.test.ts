import { describe, expect, test } from 'vitest';
import { allElements, WRONG_WORDS, wrongText } from '../helpers/text.ts';
import { fileFor, loadPages, SITE } from '../helpers/dist.ts';

const attribute = (document: Document, selector: string, name: string): string =>
  document.querySelector(selector)?.getAttribute(name) ?? '';

/** Attributes that name other elements of the page by id. */
const ID_REFERENCES = [
  'for',
  'aria-labelledby',
  'aria-describedby',
  'aria-controls',
  'aria-owns',
  'popovertarget',
  'interestfor',
  'commandfor',
  'headers',
  'list',
];

const pages = loadPages();

test('the pages of this issue are there', () => {
  const paths = pages.map((page) => page.path);
  const promised = ['/', '/estimating/', '/training-time/', '/validation/', '/404.html'];
  const reference = ['hardware', 'models', 'glossary', 'bibliography', 'how-to-cite'].map(
    (name) => `/reference/${name}/`,
  );
  const cells = ['time-to-train', 'conventions', 'published-runs', 'my-mfu'].map((id) => `/cells/${id}/`);
  expect(paths).toEqual(expect.arrayContaining([...promised, ...reference, ...cells]));
});

describe.each(pages)('$path', ({ path, html, document }) => {
  const indexed = !/noindex/.test(attribute(document, 'meta[name="robots"]', 'content'));

  test('is a complete document: doctype, language, character set, viewport', () => {
    expect(html.slice(0, 15).toLowerCase()).toBe('<!doctype html>');
    expect(document.documentElement.lang).toBe('en');
    expect(attribute(document, 'meta[charset]', 'charset')).toBe('utf-8');
    expect(attribute(document, 'meta[name="viewport"]', 'content')).toContain('width=device-width');
  });

  test('an article has its cells between passages of prose, none within one', () => {
    expect(document.querySelectorAll('article .prose astro-island').length).toBe(0);
  });

  test('uses every id once', () => {
    const ids = allElements(document).flatMap((element) => (element.id ? [element.id] : []));
    expect(ids.filter((id, i) => ids.indexOf(id) !== i)).toEqual([]);
  });

  test('refers by id only to what is on the page', () => {
    const ids = new Set(allElements(document).map((element) => element.id));
    const dangling = allElements(document).flatMap((element) =>
      ID_REFERENCES.flatMap((name) =>
        (element.getAttribute(name) ?? '')
          .split(/\s+/)
          .filter((id) => id && !ids.has(id))
          .map((id) => `${element.localName}[${name}="${id}"]`),
      ),
    );
    expect(dangling).toEqual([]);
  });

  test('has one h1, and headings that skip no level', () => {
    expect(document.querySelectorAll('h1').length).toBe(1);
    const levels = [...document.querySelectorAll('main :is(h1,h2,h3,h4,h5,h6)')].map((h) =>
      Number(h.localName[1]),
    );
    expect(levels[0]).toBe(1);
    const skips = levels.filter((level, i) => i > 0 && level > (levels[i - 1] ?? 0) + 1);
    expect(skips).toEqual([]);
  });

  test('says in its head what it is', () => {
    const title = document.title;
    const description = attribute(document, 'meta[name="description"]', 'content');
    expect(title).toMatch(/Half of Peak/);
    expect(title.length).toBeLessThanOrEqual(80);
    expect(description.length).toBeGreaterThanOrEqual(30);
    expect(description.length).toBeLessThanOrEqual(320);
    const canonical = attribute(document, 'link[rel="canonical"]', 'href');
    if (indexed) expect(canonical).toBe(`${SITE}${path}`);
    else expect(canonical).toBe('');
  });

  test('has an Open Graph picture that exists, 1200 wide', () => {
    const image = attribute(document, 'meta[property="og:image"]', 'content');
    expect(image.startsWith(`${SITE}/og/`)).toBe(true);
    expect(fileFor(new URL(image).pathname)).not.toBeNull();
    for (const name of ['og:title', 'og:description', 'og:url', 'og:type', 'og:image:alt']) {
      expect(attribute(document, `meta[property="${name}"]`, 'content'), name).not.toBe('');
    }
  });

  test('carries JSON-LD that parses', () => {
    const blocks = [...document.querySelectorAll('script[type="application/ld+json"]')];
    expect(blocks.length).toBeGreaterThan(0);
    for (const block of blocks) {
      const data = JSON.parse(block.textContent) as { '@context': string };
      expect(data['@context']).toBe('https://schema.org');
      expect(block.textContent).not.toMatch(/undefined|NaN/);
    }
  });

  test('holds no sign of a value that went wrong', () => {
    expect(wrongText(document)).toEqual([]);
  });

  test('gives every image a text', () => {
    const images = [...document.querySelectorAll('img, svg[role="img"]')];
    const silent = images.filter(
      (i) =>
        !i.hasAttribute('alt') &&
        !i.getAttribute('aria-label') &&
        !i.hasAttribute('aria-labelledby') &&
        !i.querySelector('title'),
    );
    expect(silent.map((i) => i.outerHTML.slice(0, 80))).toEqual([]);
  });
});

const chapters = pages.filter(({ document }) => document.querySelector('article[data-preset]'));

test('the chapters are recognised', () => {
  expect(chapters.length).toBeGreaterThanOrEqual(2);
});

describe.each(chapters)('chapter $path', ({ path, document }) => {
  test('carries what Zotero reads', () => {
    const meta = (name: string): string => attribute(document, `meta[name="${name}"]`, 'content');
    expect(meta('citation_title')).toBe(document.querySelector('h1')?.textContent.trim());
    expect(meta('citation_author')).not.toBe('');
    expect(meta('citation_publication_date')).toMatch(/^\d{4}\/\d{2}\/\d{2}$/);
    expect(meta('citation_public_url')).toBe(`${SITE}${path}`);
  });

  test('can be cited: plain, APA and BibTeX', () => {
    for (const form of ['plain', 'apa', 'bibtex']) {
      expect(document.getElementById(`cite-${form}`)?.textContent, form).toContain(`${SITE}${path}`);
    }
    expect(document.getElementById('cite-bibtex')?.textContent).toMatch(/^@\w+\{[\w-]+,\n/);
  });

  test('every citation leads to an entry of its references, and every entry back', () => {
    const cited = [...document.querySelectorAll('a.citation, a.given')].map(
      (a) => a.getAttribute('href') ?? '',
    );
    const entries = [...document.querySelectorAll('[id^="ref-"]')].map((entry) => `#${entry.id}`);
    expect(cited.filter((href) => !entries.includes(href))).toEqual([]);
    expect(entries.filter((href) => !cited.includes(href))).toEqual([]);
  });

  test('every number it computes says so', () => {
    const values = [...document.querySelectorAll('data.num')].map((data) =>
      Number(data.getAttribute('value')),
    );
    expect(values.length).toBeGreaterThan(0);
    expect(values.every(Number.isFinite)).toBe(true);
  });

  test('gives equations, figures, cells and exercises a permanent address', () => {
    const numbered = [...document.querySelectorAll('.eq, .figure, .cell, .exercise, .predict, .bug')];
    expect(numbered.length).toBeGreaterThan(0);
    expect(
      numbered
        .filter((block) => !/^(eq|fig|calc|ex|bug|predict)-[a-z0-9-]+$/.test(block.id))
        .map((b) => b.outerHTML.slice(0, 80)),
    ).toEqual([]);
  });
});

test('the words that mean a fault are recognised', () => {
  for (const text of ['it takes NaN days', 'undefined GPUs', '-Infinity', '[object Object]'])
    expect(text).toMatch(WRONG_WORDS);
  for (const text of ['to infinity', 'nano', 'is not defined']) expect(text).not.toMatch(WRONG_WORDS);
});
