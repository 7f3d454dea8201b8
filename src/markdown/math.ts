import { defineMdastPlugin } from 'satteri';
import { renderTex } from './katex.ts';

/** `$...$` and `$$...$$` become KaTeX at build. A formula that fails names the file it is in. */
export const mathPlugin = defineMdastPlugin({
  name: 'math-to-katex',
  inlineMath: (node, ctx) => {
    const html = typeset(node.value, false, ctx.fileURL);
    return { raw: html, mdxExpressions: false };
  },
  math: (node, ctx) => {
    const html = typeset(node.value, true, ctx.fileURL);
    return {
      raw: `<div class="math" role="group" aria-label="Formula" tabindex="0" data-scroll>${html}</div>`,
      mdxExpressions: false,
    };
  },
});

function typeset(tex: string, display: boolean, file: URL | undefined): string {
  try {
    return renderTex(tex, { display });
  } catch (error) {
    const where = file ? ` in ${file.pathname}` : '';
    throw new Error(`Formula${where}: ${error instanceof Error ? error.message : String(error)}\n  ${tex}`);
  }
}
