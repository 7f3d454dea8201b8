import type { Tables } from './sfnt.ts';

/** The outlines of a TrueType font, one buffer a glyph; an empty one draws nothing. */
export function readGlyphs(tables: Tables): Buffer[] {
  const { glyf, loca, long } = outlines(tables);
  const count = loca.length / (long ? 4 : 2) - 1;
  const offset = (index: number): number =>
    long ? loca.readUInt32BE(index * 4) : loca.readUInt16BE(index * 2) * 2;
  return Array.from({ length: count }, (_, index) => glyf.subarray(offset(index), offset(index + 1)));
}

/** Puts outlines back, with long offsets. */
export function writeGlyphs(tables: Tables, glyphs: readonly Buffer[]): void {
  const loca = Buffer.alloc((glyphs.length + 1) * 4);
  let offset = 0;
  const padded = glyphs.map((glyph, index) => {
    const body = Buffer.concat([glyph, Buffer.alloc((4 - (glyph.length % 4)) % 4)]);
    offset += body.length;
    loca.writeUInt32BE(offset, (index + 1) * 4);
    return body;
  });
  const head = Buffer.from(outlines(tables).head);
  head.writeInt16BE(1, 50); // indexToLocFormat: long
  tables.set('head', head).set('loca', loca).set('glyf', Buffer.concat(padded));
}

function outlines(tables: Tables): { glyf: Buffer; loca: Buffer; head: Buffer; long: boolean } {
  const glyf = tables.get('glyf');
  const loca = tables.get('loca');
  const head = tables.get('head');
  if (!glyf || !loca || !head) throw new Error('The font has no TrueType outlines.');
  return { glyf, loca, head, long: head.readInt16BE(50) === 1 };
}

/** Lowest point of a glyph, in font units. */
export function bottom(glyph: Buffer): number {
  return glyph.readInt16BE(4);
}

const SHORT_X = 0x02;
const SHORT_Y = 0x04;
const REPEAT = 0x08;
const SAME_X = 0x10;
const SAME_Y = 0x20;

/**
 * The glyph, moved up. Points are stored as steps from the one before, so only the first step changes, and the
 * weight axis, which moves points by differences, needs no change at all.
 */
export function raise(glyph: Buffer, by: number): Buffer {
  const header = Buffer.from(glyph.subarray(0, 10));
  header.writeInt16BE(glyph.readInt16BE(4) + by, 4);
  header.writeInt16BE(glyph.readInt16BE(8) + by, 8);
  const contours = glyph.readInt16BE(0);
  const body = contours < 0 ? raiseParts(glyph, by) : raiseOutline(glyph, contours, by);
  return Buffer.concat([header, body]);
}

function raiseOutline(glyph: Buffer, contours: number, by: number): Buffer {
  const points = glyph.readUInt16BE(10 + 2 * (contours - 1)) + 1;
  const flagsAt = 10 + 2 * contours + 2 + glyph.readUInt16BE(10 + 2 * contours);
  const { flags, end } = readFlags(glyph, flagsAt, points);
  const first = flags[0] ?? 0;
  const yAt = end + flags.reduce((sum, flag) => sum + stepSize(flag, SHORT_X, SAME_X), 0);
  const firstSize = stepSize(first, SHORT_Y, SAME_Y);
  const step = Buffer.alloc(2);
  step.writeInt16BE(readStep(glyph, yAt, first) + by);
  flags[0] = first & ~SHORT_Y & ~SAME_Y;
  return Buffer.concat([
    glyph.subarray(10, flagsAt),
    Buffer.from(flags),
    glyph.subarray(end, yAt),
    step,
    glyph.subarray(yAt + firstSize),
  ]);
}

/** One flag a point, repetitions written out. */
function readFlags(glyph: Buffer, at: number, points: number): { flags: number[]; end: number } {
  const flags: number[] = [];
  let end = at;
  while (flags.length < points) {
    const flag = glyph.readUInt8(end++);
    const times = flag & REPEAT ? glyph.readUInt8(end++) + 1 : 1;
    for (let time = 0; time < times; time++) flags.push(flag & ~REPEAT);
  }
  return { flags, end };
}

function stepSize(flag: number, short: number, same: number): number {
  if (flag & short) return 1;
  return flag & same ? 0 : 2;
}

function readStep(glyph: Buffer, at: number, flag: number): number {
  // For a short step the second bit is its sign.
  if (flag & SHORT_Y) return flag & SAME_Y ? glyph.readUInt8(at) : -glyph.readUInt8(at);
  return flag & SAME_Y ? 0 : glyph.readInt16BE(at);
}

const WORDS = 0x0001;
const OFFSETS = 0x0002;
const SCALE = 0x0008;
const MORE = 0x0020;
const SCALE_XY = 0x0040;
const MATRIX = 0x0080;

/** A glyph made of others: each part is placed higher. */
function raiseParts(glyph: Buffer, by: number): Buffer {
  return moveParts(glyph, () => by);
}

/** Lowers the raised parts of a glyph made of others (% is built from numerators) back to where they were. */
export function lowerParts(glyph: Buffer, raised: ReadonlySet<number>, by: number): Buffer {
  if (glyph.length === 0 || glyph.readInt16BE(0) >= 0) return glyph;
  const body = moveParts(glyph, (part) => (raised.has(part) ? -by : 0));
  return Buffer.concat([glyph.subarray(0, 10), body]);
}

function moveParts(glyph: Buffer, distance: (part: number) => number): Buffer {
  const parts: Buffer[] = [];
  for (let at = 10, more = true; more;) {
    const flags = glyph.readUInt16BE(at);
    const part = glyph.readUInt16BE(at + 2);
    if (!(flags & OFFSETS)) throw new Error('A glyph whose parts are placed by points cannot be moved.');
    const wide = (flags & WORDS) !== 0;
    const head = Buffer.alloc(8);
    head.writeUInt16BE(flags | WORDS, 0);
    head.writeUInt16BE(part, 2);
    head.writeInt16BE(wide ? glyph.readInt16BE(at + 4) : glyph.readInt8(at + 4), 4);
    head.writeInt16BE((wide ? glyph.readInt16BE(at + 6) : glyph.readInt8(at + 5)) + distance(part), 6);
    const rest = at + (wide ? 8 : 6);
    const size = flags & SCALE ? 2 : flags & SCALE_XY ? 4 : flags & MATRIX ? 8 : 0;
    parts.push(head, glyph.subarray(rest, rest + size));
    at = rest + size;
    more = (flags & MORE) !== 0;
    if (!more) parts.push(glyph.subarray(at));
  }
  return Buffer.concat(parts);
}
