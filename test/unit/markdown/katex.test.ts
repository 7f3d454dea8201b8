import { expect, test } from 'vitest';
import { renderTex } from '../../../src/markdown/katex.ts';

test('a formula on its own line carries its MathML twin, which holds its TeX', () => {
  const html = renderTex(String.raw`\frac{6ND}{nPe}`, { display: true });
  expect(html).toContain('<math');
  expect(html).toContain(String.raw`<annotation encoding="application/x-tex">\frac{6ND}{nPe}</annotation>`);
});

test('a formula in running text has the twin without the TeX, which nobody copies from there', () => {
  const html = renderTex('6ND');
  expect(html).toContain('<math');
  expect(html).not.toContain('<annotation');
});

test('a single letter is a variable in the formula font, without a layout', () => {
  expect(renderTex('n')).toBe('<var class="katex"><span class="mathnormal">n</span></var>');
  // A slanted capital keeps KaTeX's distance to what follows.
  expect(renderTex('P')).toMatch(/^<var class="katex" style="margin-right:0\.138\d+em"><span/);
});

test('a formula whose numbers will change has no twin that could go stale', () => {
  expect(renderTex('N', { visualOnly: true })).not.toContain('<math');
});

test('a number wrapped in \\htmlData can be found by its symbol', () => {
  expect(renderTex(String.raw`\htmlData{sym=n}{\text{1,024}}`, { visualOnly: true })).toContain(
    'data-sym="n"',
  );
});

test('a misspelled command throws', () => {
  expect(() => renderTex(String.raw`\frce{1}{2}`)).toThrow(/Undefined control sequence/);
});

test('no other HTML extension and no link gets in', () => {
  expect(() => renderTex(String.raw`\htmlStyle{color: red}{x}`)).not.toThrow();
  expect(renderTex(String.raw`\htmlStyle{color: red}{x}`)).not.toContain('style="color: red"');
  expect(renderTex(String.raw`\href{https://example.org}{x}`)).not.toContain('<a ');
});

test('sloppy TeX that KaTeX would only warn about throws', () => {
  expect(() => renderTex('π × é')).toThrow();
});
