import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { Resvg } from '@resvg/resvg-js';
import satori, { type Font } from 'satori';

/** What the picture of a page says. */
export interface Card {
  readonly title: string;
  readonly description: string;
  /** Line above the title: part and chapter. */
  readonly eyebrow: string;
}

interface Node {
  readonly type: string;
  readonly props: { readonly style: object; readonly children?: readonly (Node | string)[] | string };
}

const WIDTH = 1200;
const HEIGHT = 630;
const colors = {
  paper: '#fdfcf9',
  ink: '#1c1a17',
  quiet: '#5f5a52',
  accent: '#b0431a',
  half: '#3a6ea8',
  idle: '#e4dfd5',
} as const;
/** How much of the picture's bar is filled: the notebook's name. */
const HALF = '50%';

const require = createRequire(import.meta.url);

// Not the cut fonts of the pages: the drawing library reads neither WOFF2 nor a weight axis.
async function font(name: string, family: string, weight: 400 | 600): Promise<Font> {
  const file = join(
    dirname(require.resolve(`@fontsource/${family}/package.json`)),
    `files/${family}-latin-${weight}-normal.woff`,
  );
  return { name, data: await readFile(file), weight, style: 'normal' };
}

const fonts = Promise.all([
  font('Serif', 'source-serif-4', 400),
  font('Serif', 'source-serif-4', 600),
  font('Sans', 'inter', 400),
  font('Sans', 'inter', 600),
]);

/** Draws the picture that stands for a page where it is shared: 1200 by 630, PNG. */
export async function drawCard(card: Card): Promise<Uint8Array<ArrayBuffer>> {
  const svg = await satori(picture(card) as Parameters<typeof satori>[0], {
    width: WIDTH,
    height: HEIGHT,
    fonts: await fonts,
  });
  return new Uint8Array(new Resvg(svg, { font: { loadSystemFonts: false } }).render().asPng());
}

function box(style: object, ...children: readonly (Node | string)[]): Node {
  return { type: 'div', props: { style: { display: 'flex', ...style }, children } };
}

function picture({ title, description, eyebrow }: Card): Node {
  return box(
    {
      boxSizing: 'border-box',
      width: '100%',
      height: '100%',
      flexDirection: 'column',
      justifyContent: 'space-between',
      padding: '68px 84px 0',
      background: colors.paper,
      color: colors.ink,
      fontFamily: 'Serif',
    },
    box(
      { flexDirection: 'column' },
      box({ fontFamily: 'Sans', fontSize: 26, fontWeight: 600, color: colors.quiet }, eyebrow),
      box(
        {
          marginTop: 14,
          fontSize: title.length > 24 ? 76 : 96,
          fontWeight: 600,
          letterSpacing: '-0.02em',
          lineHeight: 1.1,
        },
        title,
      ),
      box({ marginTop: 26, fontSize: 34, lineHeight: 1.42, color: colors.quiet }, shorten(description, 170)),
    ),
    box(
      { flexDirection: 'column' },
      box(
        { alignItems: 'baseline', fontSize: 40, fontWeight: 600 },
        'Half',
        box({ margin: '0 10px', color: colors.accent }, 'of'),
        'Peak',
      ),
      box(
        { marginTop: 30, marginLeft: -84, marginRight: -84, height: 26, background: colors.idle },
        box({ width: HALF, height: 26, background: colors.half }),
      ),
    ),
  );
}

/** Whole words, at most `limit` characters. */
function shorten(text: string, limit: number): string {
  if (text.length <= limit) return text;
  return `${text.slice(0, text.lastIndexOf(' ', limit)).replace(/[,;:.]$/, '')} …`;
}
