import { existsSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { memoryGroups } from '#components/reference/memory-facts.ts';
import { keys } from '#catalog/bibliography.ts';

const formulas = memoryGroups.flatMap((group) => group.formulas);

test('each formula of the page names a function that its file exports, and a source of the bibliography', () => {
  const known = new Set(keys());
  expect(formulas.length).toBeGreaterThan(20);
  for (const { id, file, by, facts, where } of formulas) {
    expect(existsSync(file), `${id}: ${file}`).toBe(true);
    expect(readFileSync(file, 'utf8'), id).toMatch(new RegExp(`export (function|const) ${by}\\b`));
    expect(known.has(facts.formula.source), id).toBe(true);
    expect(where.length).toBeGreaterThan(3);
  }
  expect(new Set(formulas.map(({ id }) => id)).size).toBe(formulas.length);
});

test('each shows its symbols with a meaning, and is set without an error', () => {
  for (const { html, symbols, meaning } of formulas) {
    expect(html).toContain('katex-display');
    expect(meaning).toMatch(/^\S/);
    expect(symbols.length).toBeGreaterThan(0);
    for (const symbol of symbols) {
      expect(symbol.meaning.length).toBeGreaterThan(3);
      expect(symbol.html).toContain('katex');
    }
  }
});
