/** The part of Pagefind's result that we show. Excerpts are escaped by Pagefind; they hold only <mark>. */
export interface PagefindResult {
  readonly url: string;
  readonly excerpt: string;
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
