import type { Cut } from './faces.ts';

/** The @font-face rules of the cuts, with addresses relative to the sheet. */
export function fontFaces(cuts: readonly Cut[]): string {
  return cuts
    .flatMap(({ name, rules }) =>
      rules.map(
        ({ family, style = 'normal', weight = '400', only }) =>
          `@font-face{font-family:'${family}';font-style:${style};font-weight:${weight};font-display:swap;` +
          `src:url(./${name}.woff2) format('woff2')${only ? `;unicode-range:${unicodeRange(only)}` : ''}}`,
      ),
    )
    .join('\n');
}

/** `U+20-7E,U+A0`: the characters of a text as CSS ranges. */
export function unicodeRange(text: string): string {
  const codes = [...new Set([...text].map((character) => character.codePointAt(0) ?? 0))].sort(
    (a, b) => a - b,
  );
  const ranges: [number, number][] = [];
  for (const code of codes) {
    const last = ranges.at(-1);
    if (last && code === last[1] + 1) last[1] = code;
    else ranges.push([code, code]);
  }
  const hex = (code: number): string => code.toString(16).toUpperCase();
  return ranges.map(([from, to]) => `U+${hex(from)}${to > from ? `-${hex(to)}` : ''}`).join(',');
}
