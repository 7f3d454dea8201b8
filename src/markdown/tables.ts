import { defineHastPlugin } from 'satteri';

/** A wide table scrolls inside a labelled, focusable region; the page itself never scrolls sideways. */
export const tablesPlugin = defineHastPlugin({
  name: 'scrolling-tables',
  element: {
    filter: ['table'],
    visit(node, ctx) {
      const header = node.children.find((child) => child.type === 'element' && child.tagName === 'thead');
      const columns = header ? headerCells(header).map((cell) => ctx.textContent(cell as never).trim()) : [];
      const named = columns.filter(Boolean).join(', ');
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

interface Parent {
  readonly type: string;
  readonly tagName?: string;
  readonly children?: readonly unknown[];
}

function headerCells(node: Parent): Parent[] {
  const children = (node.children ?? []) as Parent[];
  return children.flatMap((child) => (child.tagName === 'th' ? [child] : headerCells(child)));
}
