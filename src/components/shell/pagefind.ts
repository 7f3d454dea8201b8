/** The part of Pagefind's result that we show. Excerpts are escaped by Pagefind; they hold only <mark>. */
export interface PagefindResult {
  readonly url: string;
  readonly excerpt: string;
  /** The page's text. */
  readonly content: string;
  readonly meta: Readonly<Record<string, string>>;
  readonly sub_results: readonly { readonly title: string; readonly url: string; readonly excerpt: string }[];
}

interface Pagefind {
  options(options: { baseUrl: string; excerptLength: number }): Promise<void>;
  init(): Promise<void>;
  /** Null when a newer search began within `wait` milliseconds. */
  debouncedSearch(
    query: string,
    options: object,
    wait: number,
  ): Promise<{ results: { data(): Promise<PagefindResult> }[] } | null>;
}

/**
 * Whether a page holds the beginning of a word that was asked for. Pagefind shortens a word until something matches, so
 * without this a word that the notebook does not have finds pages about its first letter.
 */
export function answers({ content, meta }: Pick<PagefindResult, 'content' | 'meta'>, query: string): boolean {
  const text = `${meta.title ?? ''} ${content}`.toLowerCase();
  const words = query.toLowerCase().split(/\s+/).filter(Boolean);
  // Endings differ ("checkpoints", "checkpointing"), so the last letters may.
  return words.some((word) => text.includes(word.slice(0, Math.max(3, word.length - 3))));
}

let loading: Promise<Pagefind> | undefined;

/** Fetches Pagefind and its index once. Rejects where the site was not indexed, as in development. */
export function loadPagefind(base: string): Promise<Pagefind> {
  loading ??= (async () => {
    const pagefind = (await import(/* @vite-ignore */ `${base}pagefind/pagefind.js`)) as Pagefind;
    await pagefind.options({ baseUrl: base, excerptLength: 20 });
    await pagefind.init();
    return pagefind;
  })();
  // A failure is not kept: the next opening tries again.
  loading.catch(() => (loading = undefined));
  return loading;
}
