import type { AstroGlobal } from 'astro';
import { absolute, href } from '#site/url.ts';
import { site } from '#site/site.ts';
import type { CellProps, View, WidgetSpec } from './types.ts';
import { viewOf } from './useCell.ts';

/** The preset of a cell that stands on a page without one. */
const DEFAULT_PRESET = 'talk';

interface BuiltCell<V extends View> {
  readonly view: V;
  readonly props: CellProps;
}

/**
 * What an Astro wrapper needs to place a widget on its page: the island's props and the view at build, from the
 * page's preset. Throws when the preset has no answer: a fault of ours, found at build.
 */
export function cellOf<V extends View>(
  astro: Pick<AstroGlobal, 'locals' | 'url' | 'site'>,
  spec: WidgetSpec<V>,
): BuiltCell<V> {
  const chapter = astro.locals.chapter;
  const preset = chapter?.preset ?? DEFAULT_PRESET;
  const built = viewOf(spec, preset, {});
  if (!built.ok)
    throw new Error(`Cell "${spec.id}" on "${preset}": ${built.issues.map((i) => i.message).join(' ')}`);
  const page = href(astro.url.pathname);
  return {
    view: built.value.view,
    props: {
      preset,
      level: chapter ? 3 : 2,
      number: chapter?.index.targets.get(`calc:${spec.id}`)?.number ?? '',
      page,
      alone: href(`/cells/${spec.id}/`),
      cite: {
        title: chapter?.title ?? spec.title,
        slug: chapter?.slug ?? spec.id,
        site: absolute(page, astro.site),
        version: site.version,
      },
    },
  };
}
