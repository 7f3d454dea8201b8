import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { BUDGET } from '../budgets.ts';
import { fileFor, loadPages, SITE } from '../helpers/dist.ts';
import { compress, typeOf } from '../helpers/server.ts';

const served = (text: string | Buffer, type = 'text/html'): number =>
  compress(Buffer.from(text), type).body.length;

describe.each(loadPages())('$path', ({ path, html, document }) => {
  test(`is at most ${BUDGET.html / 1000} kB of HTML`, () => {
    expect(served(html)).toBeLessThanOrEqual(BUDGET.html);
  });

  test(`needs at most ${BUDGET.css / 1000} kB of style sheets`, () => {
    const sheets = [...document.querySelectorAll('link[rel~="stylesheet"]')].map((link) => {
      const file = fileFor(new URL(link.getAttribute('href') ?? '', SITE).pathname) ?? '';
      return served(readFileSync(file), typeOf(file));
    });
    const inline = [...document.querySelectorAll('style')].map((style) =>
      served(style.textContent, 'text/css'),
    );
    expect([...sheets, ...inline].reduce((sum, size) => sum + size, 0)).toBeLessThanOrEqual(BUDGET.css);
  });

  test('preloads two fonts of text, and two of formulas where one is in the first screen', () => {
    const early = [...document.querySelectorAll('link[rel~="preload"][as="font"]')].map(
      (link) => link.getAttribute('href') ?? '',
    );
    const formulas = path === '/reference/memory/' ? 2 : 0;
    expect(early.filter((font) => /maths/.test(font))).toHaveLength(formulas);
    expect(early).toHaveLength(2 + formulas);
  });
});
