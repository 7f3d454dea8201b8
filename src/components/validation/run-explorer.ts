/** What a person does and a page load does not. */
const SIGNS = ['pointermove', 'pointerdown', 'touchstart', 'keydown', 'focusin', 'scroll', 'wheel'] as const;

/**
 * The picture of all runs is complete as HTML. Its script and its data are fetched when a reader has shown a sign of
 * life and the picture is near the window; at once when the link carries filters.
 */
export class RunExplorer extends HTMLElement {
  private readonly woken = new AbortController();

  connectedCallback(): void {
    if (window.location.search.length > 1) return this.whenNear();
    const options = { signal: this.woken.signal, passive: true, capture: true };
    const wake = (): void => {
      this.woken.abort();
      this.whenNear();
    };
    for (const sign of SIGNS) window.addEventListener(sign, wake, options);
  }

  private async explore(): Promise<void> {
    this.dataset['waking'] = '';
    try {
      const { explore } = await import('./explorer.ts');
      await explore(this);
    } finally {
      delete this.dataset['waking'];
    }
  }

  private whenNear(): void {
    const observer = new IntersectionObserver(
      (entries) => {
        if (!entries.some(({ isIntersecting }) => isIntersecting)) return;
        observer.disconnect();
        void this.explore();
      },
      { rootMargin: '300px' },
    );
    observer.observe(this);
  }
}
