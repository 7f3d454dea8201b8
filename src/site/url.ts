/** The folder that the site is served from, always with both slashes: `/` or `/half-of-peak/`. */
export const base: string = `/${import.meta.env.BASE_URL}/`.replace(/\/+/g, '/');

/**
 * Turns a root-relative path of the notebook (`/training-time/#quotient`) into one that works under the
 * configured base. Links to other hosts, to a fragment and already prefixed links come back unchanged,
 * so it is safe to apply twice. Every internal link of the site goes through here.
 */
export function href(path: string): string {
  if (!path.startsWith('/') || path.startsWith('//')) return path;
  if (base === '/' || path === base || path.startsWith(base)) return path;
  return base + path.slice(1);
}

/** The public address of a path: what canonical links, citations and the sitemap print. */
export function absolute(path: string, site: URL | undefined): string {
  return new URL(href(path), site ?? 'http://localhost:4321').href;
}
