/** The tables of an OpenType font, by tag. Only as much of the format as naming a glyph takes. */
export type Tables = Map<string, Buffer>;

export function readTables(font: Buffer): Tables {
  const tables: Tables = new Map();
  for (let index = 0; index < font.readUInt16BE(4); index++) {
    const at = 12 + index * 16;
    const start = font.readUInt32BE(at + 8);
    tables.set(font.toString('latin1', at, at + 4), font.subarray(start, start + font.readUInt32BE(at + 12)));
  }
  return tables;
}

/** Puts tables together again. Checksums stay zero: HarfBuzz, the only reader, writes its own. */
export function writeTables(flavour: number, tables: Tables): Buffer {
  const directory = Buffer.alloc(12 + tables.size * 16);
  directory.writeUInt32BE(flavour, 0);
  directory.writeUInt16BE(tables.size, 4);
  const bodies: Buffer[] = [];
  let offset = directory.length;
  [...tables]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .forEach(([tag, body], index) => {
      const at = 12 + index * 16;
      directory.write(tag, at, 'latin1');
      directory.writeUInt32BE(offset, at + 8);
      directory.writeUInt32BE(body.length, at + 12);
      const padded = Buffer.concat([body, Buffer.alloc((4 - (body.length % 4)) % 4)]);
      bodies.push(padded);
      offset += padded.length;
    });
  return Buffer.concat([directory, ...bodies]);
}

/** Character to glyph, from the Unicode subtables of `cmap` (formats 4 and 12, which all our fonts have). */
export function readCharacters(cmap: Buffer): Map<number, number> {
  const glyphs = new Map<number, number>();
  for (let index = 0; index < cmap.readUInt16BE(2); index++) {
    const subtable = cmap.subarray(cmap.readUInt32BE(4 + index * 8 + 4));
    const format = subtable.readUInt16BE(0);
    if (format === 4) readFormat4(subtable, glyphs);
    if (format === 12) readFormat12(subtable, glyphs);
  }
  return glyphs;
}

function readFormat4(table: Buffer, glyphs: Map<number, number>): void {
  const doubled = table.readUInt16BE(6);
  for (let segment = 0; segment < doubled; segment += 2) {
    const end = table.readUInt16BE(14 + segment);
    const start = table.readUInt16BE(16 + doubled + segment);
    const delta = table.readUInt16BE(16 + 2 * doubled + segment);
    const rangeAt = 16 + 3 * doubled + segment;
    const range = table.readUInt16BE(rangeAt);
    for (let code = start; code <= end && code < 0xffff; code++) {
      const glyph = range === 0 ? code : table.readUInt16BE(rangeAt + range + 2 * (code - start));
      if (glyph !== 0) glyphs.set(code, (glyph + delta) & 0xffff);
    }
  }
}

function readFormat12(table: Buffer, glyphs: Map<number, number>): void {
  for (let group = 0; group < table.readUInt32BE(12); group++) {
    const at = 16 + group * 12;
    const start = table.readUInt32BE(at);
    for (let code = start; code <= table.readUInt32BE(at + 4); code++)
      glyphs.set(code, table.readUInt32BE(at + 8) + code - start);
  }
}

/** A `cmap` with one format 12 subtable, one group a character: simple, and rewritten compactly by HarfBuzz. */
export function writeCharacters(glyphs: ReadonlyMap<number, number>): Buffer {
  const codes = [...glyphs].sort(([a], [b]) => a - b);
  const table = Buffer.alloc(12 + 16 + codes.length * 12);
  table.writeUInt16BE(1, 2); // one subtable
  table.writeUInt16BE(3, 4); // Windows
  table.writeUInt16BE(10, 6); // full Unicode
  table.writeUInt32BE(12, 8);
  table.writeUInt16BE(12, 12);
  table.writeUInt32BE(16 + codes.length * 12, 16);
  table.writeUInt32BE(codes.length, 24);
  codes.forEach(([code, glyph], index) => {
    const at = 28 + index * 12;
    table.writeUInt32BE(code, at);
    table.writeUInt32BE(code, at + 4);
    table.writeUInt32BE(glyph, at + 8);
  });
  return table;
}

/** Glyph to glyph under one feature of `GSUB`; only one-for-one substitutions are read. */
export function readSubstitutions(gsub: Buffer, feature: string): Map<number, number> {
  const substitutes = new Map<number, number>();
  const features = gsub.subarray(gsub.readUInt16BE(6));
  const lookups = gsub.subarray(gsub.readUInt16BE(8));
  for (let index = 0; index < features.readUInt16BE(0); index++) {
    const record = 2 + index * 6;
    if (features.toString('latin1', record, record + 4) !== feature) continue;
    const table = features.subarray(features.readUInt16BE(record + 4));
    for (let n = 0; n < table.readUInt16BE(2); n++) {
      const lookup = lookups.subarray(lookups.readUInt16BE(2 + 2 * table.readUInt16BE(4 + 2 * n)));
      readLookup(lookup, substitutes);
    }
  }
  return substitutes;
}

function readLookup(lookup: Buffer, substitutes: Map<number, number>): void {
  for (let index = 0; index < lookup.readUInt16BE(4); index++) {
    let subtable = lookup.subarray(lookup.readUInt16BE(6 + 2 * index));
    let type = lookup.readUInt16BE(0);
    if (type === 7) {
      type = subtable.readUInt16BE(2);
      subtable = subtable.subarray(subtable.readUInt32BE(4));
    }
    if (type !== 1) continue;
    readCoverage(subtable.subarray(subtable.readUInt16BE(2))).forEach((glyph, order) => {
      const listed = subtable.readUInt16BE(0) === 2;
      substitutes.set(
        glyph,
        listed ? subtable.readUInt16BE(6 + 2 * order) : (glyph + subtable.readUInt16BE(4)) & 0xffff,
      );
    });
  }
}

function readCoverage(table: Buffer): number[] {
  const count = table.readUInt16BE(2);
  const glyphs: number[] = [];
  for (let index = 0; index < count; index++) {
    if (table.readUInt16BE(0) === 1) glyphs.push(table.readUInt16BE(4 + 2 * index));
    else {
      const at = 4 + index * 6;
      for (let glyph = table.readUInt16BE(at); glyph <= table.readUInt16BE(at + 2); glyph++)
        glyphs.push(glyph);
    }
  }
  return glyphs;
}

/** Lets characters take the glyphs of others. @throws if the font lacks one of those others */
export function aliasCharacters(font: Buffer, aliases: Readonly<Record<string, string>>): Buffer {
  const tables = readTables(font);
  const characters = readCharacters(tables.get('cmap') ?? Buffer.alloc(4));
  for (const [alias, character] of Object.entries(aliases)) {
    const glyph = characters.get(character.codePointAt(0) ?? 0);
    if (glyph === undefined) throw new Error(`The font has no “${character}”.`);
    characters.set(alias.codePointAt(0) ?? 0, glyph);
  }
  tables.set('cmap', writeCharacters(characters));
  return writeTables(font.readUInt32BE(0), tables);
}
