import { defineHastPlugin } from 'satteri';

/** A listing may be wider than a phone: it scrolls in itself, so it must be reachable by keyboard. */
export const codePlugin = defineHastPlugin({
  name: 'scrolling-code',
  element: {
    filter: ['pre'],
    visit(node, ctx) {
      ctx.setProperty(node, 'tabIndex', 0);
      ctx.setProperty(node, 'role', 'group');
      ctx.setProperty(node, 'aria-label', 'Code');
      ctx.setProperty(node, 'dataScroll', '');
    },
  },
});
