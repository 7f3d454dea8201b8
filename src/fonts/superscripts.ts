import { SUPERSCRIPTS } from './characters.ts';
import { readCharacters, readSubstitutions, readTables, writeCharacters, writeTables } from './sfnt.ts';

/**
 * Gives a font's small raised figures the Unicode names of superscripts. Fontsource cuts ⁰ and ⁴ to ⁹ out of the
 * character map but keeps the same drawings as numerators (feature `numr`); without this, 10¹⁷ would mix two fonts.
 * All ten come from the numerators, ¹ ² ³ too, so that they stand on one line.
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
  let named = 0;
  for (const [character, superscript] of Object.entries(SUPERSCRIPTS)) {
    const glyph = characters.get(character.codePointAt(0) ?? 0);
    const raised = glyph === undefined ? undefined : numerators.get(glyph);
    if (raised === undefined) continue;
    characters.set(superscript.codePointAt(0) ?? 0, raised);
    named++;
  }
  if (named < 10) throw new Error(`The font has ${named} of 10 numerators.`);
  tables.set('cmap', writeCharacters(characters));
  return writeTables(font.readUInt32BE(0), tables);
}
