import {
  defineMdastPlugin,
  type MdastNode,
  type MdastPluginEntry,
  type MdastVisitorContext,
  type MdxJsxFlowElement,
  type MdxJsxTextElement,
} from 'satteri';
import { renderTex } from './katex.ts';

/** The box of a formula that stands on its own line: it scrolls inside itself on a narrow screen. */
const DISPLAY = { class: 'math', role: 'group', 'aria-label': 'Formula', tabindex: '0', 'data-scroll': '' };

/**
 * `$...$` and `$$...$$` become KaTeX at build. In MDX the result travels as `set:html`, because `{ raw }` would be
 * read as Markdown once more and an underscore in a formula would become emphasis.
 */
export const mathPlugin: MdastPluginEntry = () => {
  const punctuation = new Punctuation();
  return defineMdastPlugin({
    name: 'math-to-katex',
    inlineMath: (node, ctx) => {
      const html = typeset(node.value, false, ctx);
      if (ctx.sourceFormat !== 'mdx') return { type: 'html', value: html };
      const [before, after] = punctuation.take(node, ctx);
      if (before === '' && after === '') return inline({ 'set:html': html }, []);
      return inline({ class: 'unbroken' }, [text(before), inline({ 'set:html': html }, []), text(after)]);
    },
    math: (node, ctx) => {
      const html = typeset(node.value, true, ctx);
      if (ctx.sourceFormat === 'mdx') return flow({ ...DISPLAY, 'set:html': html });
      const attributes = Object.entries(DISPLAY).map(([name, value]) => ` ${name}="${value}"`);
      return { type: 'html', value: `<div${attributes.join('')}>${html}</div>` };
    },
  });
};

/**
 * A browser may break the line on either side of a formula, even before a comma. Marks that touch a formula are
 * therefore taken out of the text beside it and kept with it.
 */
class Punctuation {
  /** What is left of a text that two formulas may both take from, by its place in the tree. */
  readonly #rest = new Map<object, Map<number, string>>();

  take(node: Readonly<MdastNode>, ctx: MdastVisitorContext): [before: string, after: string] {
    const parent = ctx.parent(node);
    const index = ctx.indexOf(node);
    if (!parent || index === undefined) return ['', ''];
    return [
      this.#cut(parent, index - 1, /[([“‘"']+$/, ctx),
      this.#cut(parent, index + 1, /^[,.;:!?)\]”’"'%]+/, ctx),
    ];
  }

  #cut(
    parent: Readonly<{ children: readonly MdastNode[] }>,
    at: number,
    marks: RegExp,
    ctx: MdastVisitorContext,
  ): string {
    const sibling = parent.children[at];
    if (sibling?.type !== 'text') return '';
    const rests = this.#rest.get(parent) ?? new Map<number, string>();
    this.#rest.set(parent, rests);
    const value = rests.get(at) ?? sibling.value;
    const found = marks.exec(value)?.[0] ?? '';
    if (found === '') return '';
    const rest = value.replace(marks, '');
    rests.set(at, rest);
    ctx.setProperty(sibling, 'value', rest);
    return found;
  }
}

const text = (value: string): MdastNode => ({ type: 'text', value });

const attributes = (all: Readonly<Record<string, string>>): MdxJsxTextElement['attributes'] =>
  Object.entries(all).map(([name, value]) => ({ type: 'mdxJsxAttribute', name, value }));

const inline = (all: Readonly<Record<string, string>>, children: MdastNode[]): MdxJsxTextElement => ({
  type: 'mdxJsxTextElement',
  name: 'span',
  attributes: attributes(all),
  children: children as MdxJsxTextElement['children'],
});

const flow = (all: Readonly<Record<string, string>>): MdxJsxFlowElement => ({
  type: 'mdxJsxFlowElement',
  name: 'div',
  attributes: attributes(all),
  children: [],
});

function typeset(tex: string, display: boolean, { fileURL }: MdastVisitorContext): string {
  try {
    return renderTex(tex, { display });
  } catch (error) {
    const where = fileURL ? ` in ${fileURL.pathname}` : '';
    throw new Error(`Formula${where}: ${error instanceof Error ? error.message : String(error)}\n  ${tex}`);
  }
}
