/**
 * Marks the entry of the section being read, and steps aside while a margin note passes.
 * The section being read is the last one whose heading is above the upper third of the window.
 */
export class PageContents extends HTMLElement {
  #headings: IntersectionObserver | undefined;
  #notes: IntersectionObserver | undefined;
  #size: ResizeObserver | undefined;

  connectedCallback(): void {
    this.#followHeadings();
    // The band that notes must not share is as high as the contents, which have no height until there is a margin.
    this.#size = new ResizeObserver(() => this.#yieldToNotes());
    this.#size.observe(this);
  }

  disconnectedCallback(): void {
    for (const observer of [this.#headings, this.#notes, this.#size]) observer?.disconnect();
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
    // Everything above the line counts as inside, so a jump from end to start tells as a step does.
    this.#headings = new IntersectionObserver(mark, { rootMargin: '9999999px 0px -66% 0px' });
    for (const heading of headings) if (heading) this.#headings.observe(heading);
  }

  #yieldToNotes(): void {
    this.#notes?.disconnect();
    const passing = new Set<Element>();
    const below = Math.max(0, window.innerHeight - this.offsetHeight - 64);
    this.#notes = new IntersectionObserver(
      (entries) => {
        for (const { target, isIntersecting } of entries) {
          if (isIntersecting) passing.add(target);
          else passing.delete(target);
        }
        this.toggleAttribute('data-yield', passing.size > 0);
      },
      { rootMargin: `0px 0px -${below}px 0px` },
    );
    for (const note of document.querySelectorAll('.prose :is(.note, .side)')) this.#notes.observe(note);
  }
}
