import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import subsetFont from 'subset-font';
import { describe, expect, it } from 'vitest';
import { completeFont } from '../../../src/fonts/build.ts';
import { CORE, SUPERSCRIPTS } from '../../../src/fonts/characters.ts';
import { unicodeRange } from '../../../src/fonts/css.ts';
import { cuts } from '../../../src/fonts/faces.ts';
import { bottom, readGlyphs } from '../../../src/fonts/glyphs.ts';
import { trimKatex } from '../../../src/fonts/katex-css.ts';
import { readCharacters, readTables } from '../../../src/fonts/sfnt.ts';
import { nameSuperscripts } from '../../../src/fonts/superscripts.ts';

const modules = new URL('../../../node_modules/', import.meta.url);

async function uncompressed(source: string): Promise<Buffer> {
  const font = await readFile(new URL(source, modules));
  return subsetFont(font, '', { keepAllGlyphs: true, targetFormat: 'sfnt' });
}

describe('the cuts', () => {
  it.each(cuts)('$name: the source draws every character it is the font for', async (cut) => {
    const font = await completeFont(await readFile(new URL(cut.source, modules)), cut);
    const characters = readCharacters(readTables(font).get('cmap')!);
    for (const { only } of cut.rules) {
      const missing = [...(only ?? '')].filter((character) => !characters.has(character.codePointAt(0)!));
      expect(missing.join('')).toBe('');
    }
  });

  it('do not claim one character twice for one style of a family', () => {
    const claimed = new Set<string>();
    for (const { rules } of cuts)
      for (const { family, style, only } of rules)
        for (const character of only ?? '') {
          const claim = `${family} ${style} ${character}`;
          expect(claimed.has(claim), claim).toBe(false);
          claimed.add(claim);
        }
  });
});

describe('nameSuperscripts', () => {
  it.each(cuts.filter(({ superscripts }) => superscripts))(
    '$name: raises all ten figures to one height and leaves % where it was',
    async ({ source }) => {
      const font = await uncompressed(source);
      const tables = readTables(nameSuperscripts(font));
      const glyphs = readGlyphs(tables);
      const characters = readCharacters(tables.get('cmap')!);
      const original = readTables(font);
      const at = (character: string): Buffer => glyphs[characters.get(character.codePointAt(0)!)!]!;
      const before = (character: string): Buffer =>
        readGlyphs(original)[readCharacters(original.get('cmap')!).get(character.codePointAt(0)!)!]!;
      const figures = Object.entries(SUPERSCRIPTS).filter(([character]) => /\d/.test(character));
      const bottoms = figures.map(([, superscript]) => bottom(at(superscript)));
      // Round figures overshoot the line of the flat ones by a hair.
      const em = original.get('head')!.readUInt16BE(18);
      expect(Math.max(...bottoms) - Math.min(...bottoms)).toBeLessThan(0.015 * em);
      expect(bottom(at('²'))).toBe(bottom(before('²')));
      expect(bottom(at('%'))).toBe(bottom(before('%')));
    },
  );
});

describe('unicodeRange', () => {
  it('joins neighbours', () => {
    expect(unicodeRange('cab\u00a0')).toBe('U+61-63,U+A0');
    expect(unicodeRange(CORE)).toMatch(/^U\+20-7E,U\+A0/);
  });
});

describe('trimKatex', () => {
  it('keeps what formulas are built from and drops fonts and unused alphabets', async () => {
    const require = createRequire(import.meta.url);
    const css = trimKatex(await readFile(require.resolve('katex/dist/katex.min.css'), 'utf8'));
    expect(css).toContain('.katex .mfrac');
    expect(css).toContain('.katex .sqrt');
    expect(css).not.toMatch(/@font-face|mathfrak|mathscr/);
    expect(css.match(/\{/g)?.length).toBe(css.match(/\}/g)?.length);
  });
});
