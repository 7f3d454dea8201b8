const range = (from: number, to: number): string =>
  Array.from({ length: to - from + 1 }, (_, index) => String.fromCodePoint(from + index)).join('');

/** What nearly every page uses: ASCII, English typography, the signs of arithmetic that a text font draws. */
export const CORE = `${range(0x20, 0x7e)}\u00a0\u2009\u202f\u2010\u2011–—‘’“”…·•×±−°µ′§©½`;

/** Letters of other Latin languages, for names in the bibliography. A page without them does not load them. */
export const ACCENTED =
  'àáâãäåæçèéêëìíîïðñòóôõöøùúûüýþÿßÀÁÂÃÄÅÆÇÈÉÊËÌÍÎÏÑÒÓÔÕÖØÙÚÛÜÝŒœ¡¢£¤¥¦¨ª«¬®¯´¶¸º»¼¾¿÷‚„‹›ˆ˜ı″⁄€™↑↓';

/** Letters of Central Europe and Turkey, likewise; without the few that are accented above or that nobody has drawn. */
export const EXTENDED = `${range(0x100, 0x17f).replace(/[ĬĭıĲĳŉŒœŦŧ]/g, '')}ȘșȚț†ℓ`;

/** Characters that Fontsource leaves out although another glyph of the font is the same, or nearly. */
export const ALIASES: Readonly<Record<string, string>> = {
  '\u2010': '-',
  '\u2011': '-',
  '\u202f': '\u2009',
};
/** The same for a font of one width, where a thin space is a space. */
export const MONO_ALIASES: Readonly<Record<string, string>> = { ...ALIASES, '\u2009': ' ', '\u202f': ' ' };

export const GREEK = 'ΓΔΘΛΞΠΣΦΨΩαβγδεζηθικλμνξοπρςστυφχψω';

/** The superscripts of powers of ten. Fontsource's cut of the fonts draws them but does not name them. */
export const SUPERSCRIPTS: Readonly<Record<string, string>> = {
  '0': '⁰',
  '1': '¹',
  '2': '²',
  '3': '³',
  '4': '⁴',
  '5': '⁵',
  '6': '⁶',
  '7': '⁷',
  '8': '⁸',
  '9': '⁹',
  '+': '⁺',
  '−': '⁻',
  n: 'ⁿ',
};

/** Signs that none of the text fonts has; KaTeX's draws them for all, so that no system font is mixed in. */
export const SIGNS = '≈≡≤≥≪≫∞∝√∂∫∈∼←→↔⇒⇐⇔⋅∘⌈⌉⌊⌋⟨⟩⊕∅∀∃∩∪⊂∇ℏ';

/** What most formulas are set from: figures, names of functions, arithmetic. Words and units take the text's font. */
export const MATHS = `${range(0x61, 0x7a)}0123456789 %()+,./:;=[]|T\u00a0×−∗≈≤≥⋅…⋯`;

/** Everything else that the main font of the formulas can be asked for, accents over letters included. */
export const MATHS_MORE = except(
  `${range(0x20, 0x7e).replace('`', '')}\u02c6\u02c9\u02dc\u02d9\ue020ℓ÷±∓∣∥⋮⋱′°¬∧∨≃≅≐⊗⊆⊃⊤⊥♯†‡–—‘’“”ΓΔΘΛΞΠΣΦΨΩı${SIGNS}`,
  MATHS,
);

/** Letters of formulas. */
export const LETTERS = `${range(0x41, 0x5a)}${range(0x61, 0x7a)}`;
export const LETTERS_MORE = '\u00a0αβγδϵζηθικλμνξπρστυϕχψωεϑφ';

/** The signs that grow. */
export const TALL =
  '()[]{}/\\√∑∏∫∣∥⌈⌉⌊⌋⟨⟩⟮⟯⋃⋂\u02c6\u02dc\u23a1\u23a2\u23a3\u23a4\u23a5\u23a6\u239b\u239c\u239d\u239e\u239f\u23a0\u23a7\u23a8\u23a9\u23aa\u23ab\u23ac\u23ad\ue000\ue001\u23d0↑↓ ';

function except(text: string, other: string): string {
  return [...text].filter((character) => !other.includes(character)).join('');
}
