declare module 'subset-font' {
  /** The options that we use; the package has more. */
  interface Options {
    targetFormat?: 'sfnt' | 'woff' | 'woff2';
    /** OpenType features to keep; all when absent. */
    keepFeatures?: string[];
    /** A point or a range for each axis of a variable font. */
    variationAxes?: Record<string, number | { min: number; max: number }>;
    /** Keeps every glyph; the text must then be empty. */
    keepAllGlyphs?: boolean;
    noHinting?: boolean;
  }

  /** Cuts a font down to the characters of a text. */
  function subsetFont(font: Buffer, text: string, options?: Options): Promise<Buffer>;
  export { subsetFont as default };
}
