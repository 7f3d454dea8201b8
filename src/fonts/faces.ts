import {
  ACCENTED,
  ALIASES,
  CORE,
  EXTENDED,
  GREEK,
  LETTERS,
  MATHS,
  MONO_ALIASES,
  SIGNS,
  SUPERSCRIPTS,
  TALL,
} from './characters.ts';

/** One cut of one font: a file of the site, and the rules that use it. */
export interface Cut {
  /** Name of the file: `serif` becomes `serif.woff2`. */
  readonly name: string;
  /** Path of the source below node_modules. */
  readonly source: string;
  readonly characters: string;
  /** OpenType features that survive. */
  readonly features: readonly string[];
  /** Range or point of the weight axis; absent for fonts without one. */
  readonly weight?: number | readonly [number, number];
  /** Whether numerators are given the names of superscripts first. */
  readonly superscripts?: boolean;
  /** Characters that take the glyph of another. */
  readonly aliases?: Readonly<Record<string, string>>;
  /** Who asks for it. */
  readonly rules: readonly Rule[];
}

interface Rule {
  readonly family: string;
  readonly style?: 'italic';
  /** CSS `font-weight`, one value or a range; `400` by default. */
  readonly weight?: string;
  /** Characters for which the rule holds; absent: all. */
  readonly only?: string;
}

const SERIF = 'Source Serif 4';
const SANS = 'Inter';
const MONO = 'JetBrains Mono';

const fontsource = (font: string, subset: string, style = 'normal'): string =>
  `@fontsource-variable/${font}/files/${font}-${subset}-wght-${style}.woff2`;
const katex = (font: string): string => `katex/dist/fonts/KaTeX_${font}.woff2`;

const TEXT = ['kern', 'liga', 'ccmp', 'locl', 'tnum'] as const;
const raised = Object.values(SUPERSCRIPTS).join('');
const digits = raised.replace(/[⁺⁻ⁿ]/g, '');
const BOOK = '400 600';

/** All fonts of the site. The first three are the ones that a page needs at once. */
export const cuts: readonly Cut[] = [
  {
    name: 'serif',
    source: fontsource('source-serif-4', 'latin'),
    characters: CORE + digits,
    features: TEXT,
    weight: [400, 600],
    superscripts: true,
    aliases: ALIASES,
    rules: [{ family: SERIF, weight: BOOK, only: CORE + digits }],
  },
  {
    name: 'sans',
    source: fontsource('inter', 'latin'),
    characters: CORE + raised,
    features: TEXT,
    weight: [400, 600],
    superscripts: true,
    aliases: ALIASES,
    rules: [
      { family: SANS, weight: BOOK, only: CORE + raised },
      // The other two lack these; Inter is on every page anyway.
      { family: SERIF, weight: BOOK, only: '⁺⁻ⁿ' },
      { family: SERIF, style: 'italic', only: raised },
      { family: MONO, weight: BOOK, only: raised },
    ],
  },
  {
    name: 'serif-italic',
    source: fontsource('source-serif-4', 'latin', 'italic'),
    characters: CORE,
    features: TEXT,
    weight: 400,
    aliases: ALIASES,
    rules: [{ family: SERIF, style: 'italic', only: CORE }],
  },
  {
    name: 'mono',
    source: fontsource('jetbrains-mono', 'latin'),
    characters: CORE,
    features: [],
    weight: [400, 600],
    aliases: MONO_ALIASES,
    rules: [{ family: MONO, weight: BOOK, only: CORE }],
  },
  ...(
    [
      ['serif-accented', SERIF, 'source-serif-4', 'latin', ACCENTED],
      ['serif-extended', SERIF, 'source-serif-4', 'latin-ext', EXTENDED],
      ['serif-greek', SERIF, 'source-serif-4', 'greek', GREEK],
      ['sans-accented', SANS, 'inter', 'latin', ACCENTED],
      ['sans-extended', SANS, 'inter', 'latin-ext', EXTENDED],
      ['sans-greek', SANS, 'inter', 'greek', GREEK],
    ] as const
  ).map(([name, family, font, subset, characters]): Cut => ({
    name,
    source: fontsource(font, subset),
    characters,
    features: ['kern'],
    weight: [400, 600],
    rules: [{ family, weight: BOOK, only: characters }],
  })),
  {
    name: 'maths',
    source: katex('Main-Regular'),
    characters: MATHS,
    features: [],
    rules: [
      { family: 'KaTeX_Main' },
      ...[SERIF, SANS, MONO].map((family) => ({ family, weight: BOOK, only: SIGNS })),
    ],
  },
  {
    name: 'maths-letters',
    source: katex('Math-Italic'),
    characters: LETTERS,
    features: [],
    rules: [{ family: 'KaTeX_Math', style: 'italic' }],
  },
  {
    name: 'maths-bold',
    source: katex('Main-Bold'),
    characters: MATHS,
    features: [],
    rules: [{ family: 'KaTeX_Main', weight: '700' }],
  },
  {
    name: 'maths-ams',
    source: katex('AMS-Regular'),
    characters: 'ABCDEFGHIJKLMNOPQRSTUVWXYZ≲≳⩽⩾≦≧⊊□■✓∎\u00a0',
    features: [],
    rules: [{ family: 'KaTeX_AMS' }],
  },
  {
    name: 'maths-script',
    source: katex('Caligraphic-Regular'),
    characters: 'ABCDEFGHIJKLMNOPQRSTUVWXYZ\u00a0',
    features: [],
    rules: [{ family: 'KaTeX_Caligraphic' }],
  },
  ...[1, 2, 3, 4].map((size): Cut => ({
    name: `maths-size${size}`,
    source: katex(`Size${size}-Regular`),
    characters: TALL,
    features: [],
    rules: [{ family: `KaTeX_Size${size}` }],
  })),
];
