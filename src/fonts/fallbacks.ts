/** A system font dressed to take exactly the room of ours until ours has come. */
interface Fallback {
  readonly family: string;
  /** System fonts with the same metrics, one of which most machines have. */
  readonly local: readonly string[];
  readonly style?: 'italic';
  readonly weight: string;
  /** Width of our font over width of theirs, measured in Chromium on a paragraph of the notebook. */
  readonly scale: number;
  /** Of our font, in ems. */
  readonly ascent: number;
  readonly descent: number;
}

const serif = { ascent: 1.036, descent: 0.335 } as const;
const sans = { ascent: 0.96875, descent: 0.2412 } as const;
const mono = { ascent: 1.02, descent: 0.3 } as const;
// Times New Roman and its metric twins: Windows and macOS, Linux, ChromeOS. Likewise Arial and Courier New.
const TIMES = ['Times New Roman', 'Liberation Serif', 'Tinos'] as const;
const TIMES_BOLD = [
  'Times New Roman Bold',
  'TimesNewRomanPS-BoldMT',
  'Liberation Serif Bold',
  'Tinos Bold',
] as const;
const TIMES_ITALIC = [
  'Times New Roman Italic',
  'TimesNewRomanPS-ItalicMT',
  'Liberation Serif Italic',
  'Tinos Italic',
] as const;
const ARIAL = ['Arial', 'Liberation Sans', 'Arimo', 'Roboto'] as const;
const ARIAL_BOLD = [
  'Arial Bold',
  'Arial-BoldMT',
  'Liberation Sans Bold',
  'Arimo Bold',
  'Roboto Bold',
] as const;
const COURIER = ['Courier New', 'Liberation Mono', 'Cousine', 'Droid Sans Mono'] as const;

const fallbacks: readonly Fallback[] = [
  { family: 'Source Serif 4 Fallback', local: TIMES, weight: '400', scale: 1.1716, ...serif },
  { family: 'Source Serif 4 Fallback', local: TIMES_BOLD, weight: '600', scale: 1.1211, ...serif },
  {
    family: 'Source Serif 4 Fallback',
    local: TIMES_ITALIC,
    style: 'italic',
    weight: '400',
    scale: 1.0734,
    ...serif,
  },
  { family: 'Inter Fallback', local: ARIAL, weight: '400 500', scale: 1.0695, ...sans },
  { family: 'Inter Fallback', local: ARIAL_BOLD, weight: '600', scale: 1.0123, ...sans },
  // Both are six tenths of an em wide.
  { family: 'JetBrains Mono Fallback', local: COURIER, weight: '400 600', scale: 1, ...mono },
];

/** The @font-face rules that keep the page still while the fonts arrive. */
export function fallbackFaces(): string {
  const percent = (value: number): string => `${(100 * value).toFixed(2)}%`;
  return fallbacks
    .map(
      ({ family, local, style = 'normal', weight, scale, ascent, descent }) =>
        `@font-face{font-family:'${family}';font-style:${style};font-weight:${weight};` +
        `src:${local.map((name) => `local('${name}')`).join(',')};size-adjust:${percent(scale)};` +
        `ascent-override:${percent(ascent / scale)};descent-override:${percent(descent / scale)};line-gap-override:0%}`,
    )
    .join('\n');
}
