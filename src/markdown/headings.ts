import { defineHastPlugin } from 'satteri';

/**
 * Puts every section heading beside a permalink. The link stands outside the heading, so that neither the
 * heading's name nor the contents list gains a "#". An id is a promise to whoever linked to it, hence never
 * made from the wording: a heading without `{#id}` fails the build.
 */
export const headingsPlugin = defineHastPlugin({
  name: 'heading-permalinks',
  element: {
    filter: ['h2', 'h3', 'h4'],
    visit(node, ctx) {
      const id = node.properties?.id;
      const text = ctx.textContent(node).trim();
      if (typeof id !== 'string') {
        if (ctx.sourceFormat !== 'mdx') return;
        const where = ctx.fileURL ? ` in ${ctx.fileURL.pathname}` : '';
        throw new Error(`Heading "${text}"${where} has no id: write "## ${text} {#an-id}".`);
      }
      ctx.wrapNode(node, {
        type: 'element',
        tagName: 'div',
        properties: { className: ['heading', `heading-${node.tagName}`] },
        children: [
          {
            type: 'element',
            tagName: 'a',
            properties: {
              className: ['permalink'],
              href: `#${id}`,
              'aria-label': `Link to section “${text}”`,
            },
            children: [{ type: 'text', value: '#' }],
          },
        ],
      });
    },
  },
});
