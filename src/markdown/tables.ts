import type { Element } from 'hast';
import { defineHastPlugin } from 'satteri';

/** A wide table scrolls inside a labelled, focusable region; the page itself never scrolls sideways. */
export const tablesPlugin = defineHastPlugin({
  name: 'scrolling-tables',
  element: {
    filter: ['table'],
    visit(node, ctx) {
      const header = node.children.filter(isElement).find((child) => child.tagName === 'thead');
      const columns = header ? headerCells(header).map((cell) => ctx.textContent(cell).trim()) : [];
      const named = columns.filter(Boolean).join(', ');
      // The corner above row names is no header of anything.
      for (const cell of header ? headerCells(header) : []) {
        if (ctx.textContent(cell).trim() === '' && cell.children.length === 0) {
          ctx.replaceNode(cell, { ...cell, tagName: 'td' });
        }
      }
      ctx.wrapNode(node, {
        type: 'element',
        tagName: 'div',
        properties: {
          className: ['table'],
          role: 'region',
          'aria-label': named ? `Table: ${named}` : 'Table',
          tabIndex: 0,
          dataScroll: '',
        },
        children: [],
      });
    },
  },
});

function headerCells(node: Element): Element[] {
  return node.children
    .filter(isElement)
    .flatMap((child) => (child.tagName === 'th' ? [child] : headerCells(child)));
}

const isElement = (node: { readonly type: string }): node is Element => node.type === 'element';
