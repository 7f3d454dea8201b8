import { evaluate, markdownToHtml } from 'satteri';
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

type Props = Readonly<Record<string, unknown>> & { children?: unknown };
type Component = (props: Props) => string;

/** The smallest JSX runtime that shows structure: everything is a string at once. */
function jsx(type: string | Component, { children, ...props }: Props): string {
  if (typeof type === 'function') return type({ ...props, children });
  const attributes = Object.entries(props).map(([name, value]) => ` ${name}="${String(value)}"`);
  return `<${type}${attributes.join('')}>${[children].flat(9).join('')}</${type}>`;
}
const Fragment: Component = ({ children }) => [children].flat(9).join('');

async function mdx(source: string, components: Readonly<Record<string, Component>> = {}): Promise<string> {
  const runtime = { ...options(), elementAttributeNameCase: 'html', Fragment, jsx, jsxs: jsx };
  const module = await evaluate(source, runtime as never);
  return (module as unknown as { default: Component }).default({ components });
}

test('a heading stands beside its permalink and keeps its own id', async () => {
  const out = await mdx('## The quotient {#the-quotient}');
  expect(out).toContain('<h2 id="the-quotient">The quotient</h2>');
  expect(out).toMatch(/<a [^>]*href="#the-quotient"[^>]*aria-label="Link to section “The quotient”"/);
});

test('a heading without an id fails and says what to write', async () => {
  await expect(mdx('## The quotient', {})).rejects.toThrow('write "## The quotient {#an-id}"');
});

test('every citation learns how often its source was cited before', async () => {
  const Cite: Component = ({ id, n }) => `(${String(id)} ${String(n)})`;
  const Given: Component = ({ cite, n }) => `(${String(cite)} ${String(n)})`;
  const out = await mdx(
    'A <Cite id="a" /> <Cite id="b" />\n\n- <Given cite="a">1</Given>\n\n<Cite id="a" />',
    { Cite, Given },
  );
  expect(out.match(/\(\w \d\)/g)).toEqual(['(a 1)', '(b 1)', '(a 2)', '(a 3)']);
});

test('punctuation that touches a formula cannot be torn from it, and none is lost', async () => {
  const source = 'Of length ($k$, $m$): "$n$" and $x$ "here" it\'s $y$.';
  // KaTeX's own markup is in an attribute here; a star stands for it.
  const out = (await mdx(source)).replace(/<span set:html="<var class="katex".*?<\/var>"><\/span>/g, '*');
  expect(out).toBe(
    '<p>Of length <span class="unbroken">(*,</span> <span class="unbroken">*):</span> ' +
      '<span class="unbroken">“*”</span> and * “here” it’s <span class="unbroken">*.</span></p>',
  );
});

test('the empty corner of a table is not a header', async () => {
  const out = await html('| | days |\n|---|---|\n| a | 1 |');
  expect(out).toContain('<td></td>');
  expect(out).toContain('aria-label="Table: days"');
});
