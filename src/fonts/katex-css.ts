/** Selectors of what the notebook's formulas never use: other alphabets, other notations, KaTeX's own numbering. */
const UNUSED =
  /\.(?:mathfrak|textfrak|mathboldfrak|textboldfrak|mathscr|textscr|mathsf|textsf|mathboldsf|textboldsf|mathsfit|mathitsf|textitsf|mathtt|texttt|boldsymbol|textboldit|amsrm|cd-|katex-error|angl|anglpad|tag|leqno|fleqn|brace-|halfarrow|hide-tail|stretchy|x-arrow|fbox|fcolorbox|cancel-pad|sout|textbb|rule|vbox|thinbox|hbox)\b/;

/**
 * KaTeX's sheet without its fonts and without the rules that the notebook has no use for, in the `base` layer.
 * What is left is told to be as large as the text around it.
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
  return `@layer base{${kept.join('')}}`;
}
