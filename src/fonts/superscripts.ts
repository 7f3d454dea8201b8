import { SUPERSCRIPTS } from './characters.ts';
import { bottom, lowerParts, raise, readGlyphs, writeGlyphs } from './glyphs.ts';
import { readCharacters, readSubstitutions, readTables, writeCharacters, writeTables } from './sfnt.ts';

/**
 * Gives a font all its superscript figures. Fontsource cuts ⁰ and ⁴ to ⁹ out but keeps the same drawings, lower, as
 * numerators (feature `numr`); without this, 10¹⁷ would mix two fonts. All ten come from the numerators, ¹ ² ³ too,
 * raised to where the font's own ² stands, so that they are one set.
 *
 * @param font an uncompressed OpenType font
 * @throws if the font has no numerators: a new version of the package changed what we rely on
 */
export function nameSuperscripts(font: Buffer): Buffer {
  const tables = readTables(font);
  const cmap = tables.get('cmap');
  const gsub = tables.get('GSUB');
  if (!cmap || !gsub) throw new Error('The font has no cmap or GSUB table.');
  const characters = readCharacters(cmap);
  const numerators = readSubstitutions(gsub, 'numr');
  const glyphs = readGlyphs(tables);
  const outline = (glyph: number | undefined): Buffer => {
    const found = glyph === undefined ? undefined : glyphs[glyph];
    if (!found || found.length === 0) throw new Error('The font has no drawing of ² or of its numerator.');
    return found;
  };
  const code = (character: string): number => character.codePointAt(0) ?? 0;
  const lift =
    bottom(outline(characters.get(code('²')))) -
    bottom(outline(numerators.get(characters.get(code('2')) ?? 0)));
  const lifted = new Set<number>();
  for (const [character, superscript] of Object.entries(SUPERSCRIPTS)) {
    const glyph = characters.get(code(character));
    const raised = glyph === undefined ? undefined : numerators.get(glyph);
    if (raised === undefined) continue;
    glyphs[raised] = raise(outline(raised), lift);
    characters.set(code(superscript), raised);
    lifted.add(raised);
  }
  if (lifted.size < 10) throw new Error(`The font has ${lifted.size} of 10 numerators.`);
  writeGlyphs(
    tables,
    glyphs.map((glyph, index) => (lifted.has(index) ? glyph : lowerParts(glyph, lifted, lift))),
  );
  tables.set('cmap', writeCharacters(characters));
  return writeTables(font.readUInt32BE(0), tables);
}
