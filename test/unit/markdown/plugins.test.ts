import { evaluate, markdownToHtml } from 'satteri';
import { Fragment, jsx, jsxs } from 'react/jsx-runtime';
import { renderToStaticMarkup } from 'react-dom/server';
import { createElement, type ComponentType } from 'react';
import { expect, test } from 'vitest';
import { notebookMarkdown } from '../../../src/markdown/index.ts';
import { withBase } from '../../../src/markdown/links.ts';

const options = (base = '/') => notebookMarkdown({ base }) as Parameters<typeof markdownToHtml>[1];

async function html(markdown: string, base?: string): Promise<string> {
  return (await markdownToHtml(markdown, options(base))).html;
}

test('a formula in Markdown becomes KaTeX, underscores and all', async () => {
  const out = await html('So $a_{i} < b_{i}$.\n\n$$\n\\underbrace{x}_{y} + z_{w}\n$$');
  expect(out).toContain('class="katex"');
  expect(out).toContain('class="math"');
  expect(out).not.toContain('<em>');
});

test('a broken formula throws and shows its source', async () => {
  await expect(html('$\\frce{1}$')).rejects.toThrow(/frce/);
});

test('a table scrolls in a labelled region that the keyboard reaches', async () => {
  const out = await html('| GPU | Peak |\n|---|---:|\n| A800 | 312 |');
  expect(out).toMatch(/<div class="table" role="region" aria-label="Table: GPU, Peak" tabindex="0"/);
});

test('internal links get the base path, others stay', async () => {
  const out = await html('[a](/training-time/) [b](#here) [c](https://example.org/x)', '/half-of-peak');
  expect(out).toContain('href="/half-of-peak/training-time/"');
  expect(out).toContain('href="#here"');
  expect(out).toContain('href="https://example.org/x"');
});

test('the base path is put in front once', () => {
  expect(withBase('/a/', '/')).toBe('/a/');
  expect(withBase('/a/', '/base/')).toBe('/base/a/');
  expect(withBase('/base/a/', '/base')).toBe('/base/a/');
  expect(withBase('//example.org/a', '/base')).toBe('//example.org/a');
  expect(withBase('/baseline/', '/base')).toBe('/base/baseline/');
});

test('punctuation is typographic in prose and untouched in code', async () => {
  const out = await html('"Half" of peak -- it\'s... `"a" -- b...`');
  expect(out).toContain('“Half” of peak – it’s…');
  expect(out).toContain('<code>"a" -- b...</code>');
});

/** Compiles MDX as the site does and renders it with React, whose markup is close enough to see the structure. */
async function mdx(source: string, components: Record<string, ComponentType<never>>): Promise<string> {
  const module = await evaluate(source, { ...options(), Fragment, jsx, jsxs } as never);
  const Content = (module as unknown as { default: ComponentType<{ components: unknown }> }).default;
  return renderToStaticMarkup(createElement(Content, { components }));
}

test('a heading stands beside its permalink and keeps its own id', async () => {
  const out = await mdx('## The quotient {#the-quotient}', {});
  expect(out).toContain('<h2 id="the-quotient">The quotient</h2>');
  expect(out).toMatch(/<a [^>]*href="#the-quotient"[^>]*aria-label="Link to section “The quotient”"/);
});

test('a heading without an id fails and says what to write', async () => {
  await expect(mdx('## The quotient', {})).rejects.toThrow('write "## The quotient {#an-id}"');
});

test('every citation learns how often its source was cited before', async () => {
  const Cite = ({ id, n }: { id: string; n: string }): string => `(${id} ${n})`;
  const Given = ({ cite, n }: { cite: string; n: string }): string => `(${cite} ${n})`;
  const out = await mdx(
    'A <Cite id="a" /> <Cite id="b" />\n\n- <Given cite="a">1</Given>\n\n<Cite id="a" />',
    { Cite, Given } as never,
  );
  expect(out.match(/\(\w \d\)/g)).toEqual(['(a 1)', '(b 1)', '(a 2)', '(a 3)']);
});
