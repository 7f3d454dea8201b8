/** Selectors of what the notebook's formulas never use: other alphabets, other notations, KaTeX's own numbering. */
const UNUSED =
  /\.(?:mathfrak|textfrak|mathboldfrak|textboldfrak|mathscr|textscr|mathsf|textsf|mathboldsf|textboldsf|mathsfit|mathitsf|textitsf|mathtt|texttt|boldsymbol|textboldit|amsrm|cd-|katex-error|angl|anglpad|tag|leqno|fleqn|brace-|halfarrow|stretchy|x-arrow|fbox|fcolorbox|cancel-pad|sout|textbb|rule|vbox|thinbox|hbox)\b/;

// Words and units of a formula are words of the page: same font, same size.
const WORDS = '.katex .text{font-family:var(--serif);font-size:0.91em}';
const KATEX_SIZE = 'font:normal 1.21em';

/**
 * KaTeX's sheet without its fonts and without the rules that the notebook has no use for, in the `base` layer.
 * Formulas are set so that their small letters are as tall as those of the text: 0.475 over 0.431 of an em.
 *
 * @param css the package's minified sheet
 */
export function trimKatex(css: string): string {
  const rules = css
    .replace(/@font-face\{[^}]*\}/g, '')
    .replace(/@charset[^;]*;/g, '')
    .match(/[^{}]+\{[^{}]*\}/g);
  if (!rules) throw new Error('KaTeX has a sheet of another shape: see trimKatex.');
  const kept = rules.flatMap((rule) => {
    const brace = rule.indexOf('{');
    const selectors = rule
      .slice(0, brace)
      .split(',')
      .filter((selector) => !UNUSED.test(selector));
    return selectors.length === 0 ? [] : [selectors.join(',') + rule.slice(brace)];
  });
  const sheet = kept.join('');
  if (!sheet.includes(KATEX_SIZE)) throw new Error('KaTeX sets another size: see trimKatex.');
  return `@layer base{${sheet.replace(KATEX_SIZE, 'font:normal 1.1em')}${WORDS}}`;
}
