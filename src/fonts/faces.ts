import {
  ACCENTED,
  ALIASES,
  CORE,
  EXTENDED,
  GREEK,
  LETTERS,
  LETTERS_MORE,
  MATHS,
  MATHS_MORE,
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
const TEXTS = [SERIF, SANS, MONO] as const;

function common(one: string, other: string): string {
  return [...one].filter((character) => other.includes(character)).join('');
}

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
    features: ['liga'],
    weight: 400,
    aliases: ALIASES,
    rules: [{ family: SERIF, style: 'italic', only: CORE }],
  },
  {
    // One weight between book and medium: it labels and it fills fields, and its bold would double the file.
    name: 'mono',
    source: fontsource('jetbrains-mono', 'latin'),
    characters: CORE,
    features: [],
    weight: 450,
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
      { family: 'KaTeX_Main', only: MATHS },
      ...TEXTS.map((family) => ({ family, weight: BOOK, only: common(SIGNS, MATHS) })),
    ],
  },
  {
    name: 'maths-more',
    source: katex('Main-Regular'),
    characters: MATHS_MORE,
    features: [],
    rules: [
      { family: 'KaTeX_Main', only: MATHS_MORE },
      ...TEXTS.map((family) => ({ family, weight: BOOK, only: common(SIGNS, MATHS_MORE) })),
    ],
  },
  {
    name: 'maths-letters',
    source: katex('Math-Italic'),
    characters: LETTERS,
    features: [],
    rules: [{ family: 'KaTeX_Math', style: 'italic', only: LETTERS }],
  },
  {
    name: 'maths-greek',
    source: katex('Math-Italic'),
    characters: LETTERS_MORE,
    features: [],
    rules: [{ family: 'KaTeX_Math', style: 'italic', only: LETTERS_MORE }],
  },
  {
    name: 'maths-bold',
    source: katex('Main-Bold'),
    characters: MATHS + MATHS_MORE,
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
