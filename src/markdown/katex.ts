import katex from 'katex';

export interface TexOptions {
  /** Set on a line of its own. */
  readonly display?: boolean;
  /**
   * Leave out the MathML twin. Right only where the page changes numbers inside the formula (cells), because
   * the twin would keep the old ones; such a formula needs an accessible name of its own.
   */
  readonly visualOnly?: boolean;
}

/**
 * TeX to HTML at build time. Any error in the source throws, so a broken formula never reaches a page.
 * `\htmlData{sym=n}{...}` is the one extension allowed: cells find their numbers by it.
 */
export function renderTex(tex: string, { display = false, visualOnly = false }: TexOptions = {}): string {
  if (!display && /^[A-Za-z]$/.test(tex)) return letter(tex);
  const html = katex.renderToString(tex, {
    displayMode: display,
    output: visualOnly ? 'html' : 'htmlAndMathml',
    throwOnError: true,
    strict: (code) => (code === 'htmlExtension' ? 'ignore' : 'error'),
    trust: (context) => context.command === '\\htmlData',
  });
  // The TeX source is worth its bytes where a reader can copy it: in equations of their own line.
  return display ? html : html.replace(/<annotation[^>]*>.*?<\/annotation>/gs, '');
}

/**
 * One letter needs no layout: a chapter has dozens, and KaTeX spends half a kilobyte on each. What it does need is the
 * italic correction, without which a P touches the next word.
 */
function letter(tex: string): string {
  const correction = /margin-right:[\d.]+em/.exec(katex.renderToString(tex, { output: 'html' }))?.[0];
  return `<var class="katex"${correction ? ` style="${correction}"` : ''}><span class="mathnormal">${tex}</span></var>`;
}
