import { loadPagefind, type PagefindResult, answers } from './pagefind.ts';

const PAGES = 8;
const SECTIONS = 4;

/** Searches while the reader types and lists the results by chapter, with the sections that match. */
export class SearchPanel extends HTMLElement {
  #input!: HTMLInputElement;
  #status!: HTMLElement;
  #results!: HTMLElement;

  connectedCallback(): void {
    this.#input = this.querySelector('input')!;
    this.#status = this.querySelector('.status')!;
    this.#results = this.querySelector('.results')!;
    this.#input.addEventListener('input', () => void this.#search());
    this.#input.addEventListener('focus', () => void this.#warm(), { once: true });
    this.addEventListener('keydown', (event) => this.#move(event));
    if (this.dataset['guess'] !== undefined) {
      this.#input.value = words(location.pathname.slice((this.dataset['base'] ?? '/').length));
      void this.#search();
    }
  }

  async #warm(): Promise<Awaited<ReturnType<typeof loadPagefind>> | undefined> {
    try {
      return await loadPagefind(this.dataset['base'] ?? '/');
    } catch {
      this.#status.textContent = 'The index is missing. “npm run build” makes it; “npm run dev” does not.';
      return undefined;
    }
  }

  async #search(): Promise<void> {
    const query = this.#input.value.trim();
    const pagefind = await this.#warm();
    if (!pagefind) return;
    const found = query === '' ? { results: [] } : await pagefind.debouncedSearch(query, {}, 120);
    if (!found || query !== this.#input.value.trim()) return;
    const near = await Promise.all(found.results.slice(0, PAGES).map((result) => result.data()));
    if (query !== this.#input.value.trim()) return;
    const pages = near.filter((page) => answers(page, query));
    this.#results.replaceChildren(...pages.map(group));
    this.#status.textContent =
      query === ''
        ? ''
        : count(query, pages.length < near.length ? pages.length : found.results.length, pages);
  }

  /** Arrows walk through field and results; Enter in the field opens the first. */
  #move(event: KeyboardEvent): void {
    const stops: HTMLElement[] = [this.#input, ...this.#results.querySelectorAll('a')];
    const at = stops.indexOf(document.activeElement as HTMLElement);
    if (event.key === 'Enter' && at === 0) {
      event.preventDefault();
      stops[1]?.click();
      return;
    }
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
    if (step === 0 || at < 0) return;
    event.preventDefault();
    stops[(at + step + stops.length) % stops.length]?.focus();
  }
}

function group({ url, meta, excerpt, sub_results }: PagefindResult): HTMLElement {
  const section = document.createElement('section');
  const heading = document.createElement('h2');
  heading.append(link(url, [meta['chapter'] ? `${meta['chapter']}  ` : '', meta['title'] ?? url]));
  const list = document.createElement('ul');
  // The text before the first heading is a result of its own, under the page's title.
  const matches = sub_results.length > 0 ? sub_results : [{ url, title: meta['title'] ?? url, excerpt }];
  for (const match of matches.slice(0, SECTIONS)) {
    const title = document.createElement('strong');
    title.textContent = match.title;
    const words = document.createElement('span');
    words.innerHTML = match.excerpt;
    const item = document.createElement('li');
    item.append(link(match.url, [title, words]));
    list.append(item);
  }
  section.append(heading, list);
  return section;
}

function link(url: string, content: (string | Node)[]): HTMLAnchorElement {
  const anchor = document.createElement('a');
  anchor.href = url;
  anchor.append(...content);
  return anchor;
}

function count(query: string, pages: number, shown: readonly PagefindResult[]): string {
  if (pages === 0) return `Nothing about “${query}”.`;
  const sections = shown.reduce((sum, { sub_results }) => sum + Math.max(1, sub_results.length), 0);
  const more = pages > shown.length ? `, ${pages - shown.length} more pages` : '';
  return `${sections} ${sections === 1 ? 'section' : 'sections'} on ${shown.length} ${shown.length === 1 ? 'page' : 'pages'}${more}`;
}

/** `reference/hardwares/` as a reader would type it: `reference hardwares`. */
function words(path: string): string {
  return decodeURIComponent(path)
    .replace(/\.\w+$/, '')
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
}
