import { defineMdastPlugin, type MdastVisitorContext, type MdxJsxFlowElement, type MdxJsxTextElement } from 'satteri';
import { renderTex } from './katex.ts';

/** The box of a formula that stands on its own line: it scrolls inside itself on a narrow screen. */
const DISPLAY = { class: 'math', role: 'group', 'aria-label': 'Formula', tabindex: '0', 'data-scroll': '' };

/**
 * `$...$` and `$$...$$` become KaTeX at build. In MDX the result travels as `set:html`, because `{ raw }` would be
 * read as Markdown once more and an underscore in a formula would become emphasis.
 */
export const mathPlugin = defineMdastPlugin({
  name: 'math-to-katex',
  inlineMath: (node, ctx) => {
    const html = typeset(node.value, false, ctx);
    if (ctx.sourceFormat === 'mdx') return element('mdxJsxTextElement', 'span', html, {});
    return { type: 'html', value: html };
  },
  math: (node, ctx) => {
    const html = typeset(node.value, true, ctx);
    if (ctx.sourceFormat === 'mdx') return element('mdxJsxFlowElement', 'div', html, DISPLAY);
    const attributes = Object.entries(DISPLAY).map(([name, value]) => ` ${name}="${value}"`);
    return { type: 'html', value: `<div${attributes.join('')}>${html}</div>` };
  },
});

function element<T extends 'mdxJsxTextElement' | 'mdxJsxFlowElement'>(
  type: T,
  name: string,
  html: string,
  attributes: Readonly<Record<string, string>>,
): T extends 'mdxJsxTextElement' ? MdxJsxTextElement : MdxJsxFlowElement;
function element(
  type: 'mdxJsxTextElement' | 'mdxJsxFlowElement',
  name: string,
  html: string,
  attributes: Readonly<Record<string, string>>,
): MdxJsxTextElement | MdxJsxFlowElement {
  const all = Object.entries({ ...attributes, 'set:html': html });
  return {
    type,
    name,
    attributes: all.map(([key, value]) => ({ type: 'mdxJsxAttribute', name: key, value })),
    children: [],
  };
}

function typeset(tex: string, display: boolean, { fileURL }: MdastVisitorContext): string {
  try {
    return renderTex(tex, { display });
  } catch (error) {
    const where = fileURL ? ` in ${fileURL.pathname}` : '';
    throw new Error(`Formula${where}: ${error instanceof Error ? error.message : String(error)}\n  ${tex}`);
  }
}
