import { defineHastPlugin, type HastPluginDefinition } from 'satteri';

/**
 * `/training-time/` under base `/half-of-peak` is `/half-of-peak/training-time/`. Anything that does not start
 * with one slash (anchors, other sites, relative paths) is left alone.
 */
export function withBase(path: string, base: string): string {
  if (!path.startsWith('/') || path.startsWith('//')) return path;
  const root = base.replace(/\/+$/, '');
  if (root && (path === root || path.startsWith(`${root}/`))) return path;
  return root + path;
}

/** Lets authors write `[text](/chapter/)` whatever folder the site is served from. */
export function linksPlugin(base: string): HastPluginDefinition {
  return defineHastPlugin({
    name: 'base-path-links',
    element: {
      filter: ['a'],
      visit(node, ctx) {
        const href = node.properties?.href;
        if (typeof href !== 'string') return;
        const based = withBase(href, base);
        if (based !== href) ctx.setProperty(node, 'href', based);
      },
    },
  });
}
