/**
 * Marks the entry of the section being read, and steps aside while a margin note passes.
 * The section being read is the last heading above the upper third of the window.
 */
export class PageContents extends HTMLElement {
  #observers: IntersectionObserver[] = [];

  connectedCallback(): void {
    this.#followHeadings();
    this.#yieldToNotes();
  }

  disconnectedCallback(): void {
    for (const observer of this.#observers) observer.disconnect();
    this.#observers = [];
  }

  #observe(targets: Iterable<Element>, rootMargin: string, callback: IntersectionObserverCallback): void {
    const observer = new IntersectionObserver(callback, { rootMargin });
    for (const target of targets) observer.observe(target);
    this.#observers.push(observer);
  }

  #followHeadings(): void {
    const links = [...this.querySelectorAll<HTMLAnchorElement>('a[href^="#"]')];
    const headings = links.map((link) => document.getElementById(decodeURIComponent(link.hash.slice(1))));
    const mark = (): void => {
      const line = window.innerHeight / 3;
      const passed = headings.filter((heading) => heading && heading.getBoundingClientRect().top < line);
      const current = Math.max(0, passed.length - 1);
      links.forEach((link, index) => {
        if (index === current) link.setAttribute('aria-current', 'location');
        else link.removeAttribute('aria-current');
      });
    };
    // Told only when a heading crosses the line, never on every scroll.
    this.#observe(
      headings.filter((heading) => heading !== null),
      '0px 0px -66% 0px',
      mark,
    );
    mark();
  }

  #yieldToNotes(): void {
    const passing = new Set<Element>();
    const box = this.getBoundingClientRect();
    // The contents stick near the top: any note in the band they fill has the right of way.
    const below = Math.max(0, window.innerHeight - box.height - 64);
    this.#observe(
      document.querySelectorAll('.prose :is(.note, .side)'),
      `0px 0px -${below}px 0px`,
      (entries) => {
        for (const { target, isIntersecting } of entries) {
          if (isIntersecting) passing.add(target);
          else passing.delete(target);
        }
        this.toggleAttribute('data-yield', passing.size > 0 && this.getBoundingClientRect().top < 64);
      },
    );
  }
}
